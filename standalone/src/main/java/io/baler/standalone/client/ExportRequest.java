package io.baler.standalone.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to export.
 *
 * @param restartJob start an identical running export anew instead of being refused
 */
public record ExportRequest(Filters filters, String format, boolean restartJob) {

    /** Empty lists are left out: said explicitly, an empty list selects nothing and is an error. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Filters(
            List<String> usernames,
            List<String> users,
            List<String> actions,
            @Nullable String dateFrom,
            @Nullable String dateTo) {

        public static final Filters NONE = new Filters(List.of(), List.of(), List.of(), null, null);
    }
}
