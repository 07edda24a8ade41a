package io.baler.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records somebody asked for, in canonical form: lists sorted and unique, an absent one not restricting.
 *
 * @param usernames names, as people know them
 * @param users ids, so that the logs of deleted users can be had
 * @param actions actions
 * @param dateFrom earliest time, inclusive
 * @param dateTo latest time, inclusive
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogFilters(
        @Nullable List<String> usernames,
        @Nullable List<String> users,
        @Nullable List<String> actions,
        @Nullable Instant dateFrom,
        @Nullable Instant dateTo) {

    public static final LogFilters NONE = new LogFilters(null, null, null, null, null);

    public LogFilters {
        usernames = canonical(usernames);
        users = canonical(users);
        actions = canonical(actions);
    }

    public boolean restrictsUsers() {
        return usernames != null || users != null;
    }

    public boolean restrictsTime() {
        return dateFrom != null || dateTo != null;
    }

    private static @Nullable List<String> canonical(@Nullable List<String> values) {
        return values == null ? null : values.stream().sorted().distinct().toList();
    }
}
