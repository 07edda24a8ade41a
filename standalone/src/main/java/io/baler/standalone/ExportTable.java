package io.baler.standalone;

import io.baler.standalone.client.Export;
import io.baler.standalone.client.Export.Filters;
import io.baler.standalone.terminal.Columns;
import io.baler.standalone.terminal.Terminal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Exports as people read them. */
final class ExportTable {

    private static final List<String> HEAD =
            List.of("ID", "STATUS", "DONE", "RECORDS", "CREATED (UTC)", "BY", "FILTERS");
    private static final int RECORDS = 3;
    private static final int LONGEST_FILTERS = 60;
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Columns columns = new Columns(HEAD, Set.of(RECORDS));

    ExportTable(List<Export> exports) {
        exports.forEach(export -> columns.add(row(export)));
    }

    List<String> lines() {
        return columns.lines();
    }

    private static List<String> row(Export export) {
        return List.of(
                Terminal.plain(export.id()),
                export.status().value(),
                percent(export),
                String.format(Locale.ROOT, "%,d", export.exported()),
                minutes(export.createdAt()),
                Terminal.plain(export.requestedBy() == null ? "" : export.requestedBy()),
                filters(export.filters()));
    }

    private static String percent(Export export) {
        var count = export.progress();
        if (count != null && count.percent() != null) {
            return Math.round(Math.floor(count.percent())) + " %";
        }
        return "";
    }

    private static String minutes(@Nullable Instant instant) {
        return instant == null ? "" : MINUTES.format(instant);
    }

    private static String filters(@Nullable Filters filters) {
        if (filters == null) {
            return "everything";
        }
        var parts = new ArrayList<String>();
        add(parts, "user", filters.usernames());
        add(parts, "user id", filters.users());
        add(parts, "action", filters.actions());
        add(parts, "from", filters.dateFrom() == null ? null : List.of(filters.dateFrom()));
        add(parts, "to", filters.dateTo() == null ? null : List.of(filters.dateTo()));
        var text = Terminal.plain(parts.isEmpty() ? "everything" : String.join("; ", parts));
        return text.length() <= LONGEST_FILTERS ? text : text.substring(0, LONGEST_FILTERS - 3) + "...";
    }

    private static void add(List<String> parts, String name, @Nullable List<String> values) {
        if (values != null && !values.isEmpty()) {
            parts.add(name + " " + String.join(", ", values));
        }
    }
}
