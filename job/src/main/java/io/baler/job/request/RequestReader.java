package io.baler.job.request;

import io.baler.job.ArchiveFormat;
import io.baler.job.LogFilters;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a request from JSON, the same whether it came by HTTP or by Kafka. Fails closed: a filter that is not
 * understood is an error, since leaving it out would export more than was asked for.
 */
public final class RequestReader {
    /** Characters of one value. */
    static final int MAX_LENGTH = 1_024;

    private static final Set<String> FILTERS = Set.of("usernames", "users", "actions", "dateFrom", "dateTo");

    private RequestReader() {}

    /** @param body an object with {@code filters}, {@code format?} and {@code asOf?}; other members are the caller's */
    public static RequestedExport read(JsonNode body) {
        if (!body.isObject()) {
            throw InvalidRequest.malformed("(body)", "must be a JSON object");
        }
        return new RequestedExport(filters(body.get("filters")), format(body), asOf(body));
    }

    /** Who asks, where the message says so itself. */
    public static String requester(JsonNode message) {
        var requester = text(message, "", "requestedBy");
        if (requester == null) {
            throw InvalidRequest.malformed("requestedBy", "is required");
        }
        return requester;
    }

    private static LogFilters filters(@Nullable JsonNode filters) {
        if (filters == null || filters.isNull()) {
            throw InvalidRequest.malformed("filters", "is required; {} asks for every record");
        }
        if (!filters.isObject()) {
            throw InvalidRequest.malformed("filters", "must be an object");
        }
        for (var name : filters.propertyNames()) {
            if (!FILTERS.contains(name)) {
                throw InvalidRequest.malformed(
                        "filters." + printable(name),
                        "is not a filter; there are "
                                + FILTERS.stream().sorted().toList());
            }
        }
        var from = text(filters, "filters.", "dateFrom");
        var to = text(filters, "filters.", "dateTo");
        return checked(new LogFilters(
                texts(filters, "usernames"),
                texts(filters, "users"),
                texts(filters, "actions"),
                from == null ? null : date("filters.dateFrom", from, false),
                to == null ? null : date("filters.dateTo", to, true)));
    }

    private static LogFilters checked(LogFilters filters) {
        if (filters.dateFrom() != null
                && filters.dateTo() != null
                && filters.dateFrom().isAfter(filters.dateTo())) {
            throw InvalidRequest.unprocessable(
                    "filters.dateFrom",
                    filters.dateFrom() + " is after filters.dateTo " + filters.dateTo() + ": nothing can match");
        }
        return filters;
    }

    private static @Nullable List<String> texts(JsonNode filters, String name) {
        var node = filters.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        var field = "filters." + name;
        if (!node.isArray()) {
            throw InvalidRequest.malformed(field, "must be a list of strings");
        }
        if (node.isEmpty()) {
            throw InvalidRequest.unprocessable(
                    field, "is an empty list, which selects nothing; leave it out to select all");
        }
        var values = new ArrayList<String>();
        for (int i = 0; i < node.size(); i++) {
            values.add(checkedText(field + "[" + i + "]", node.get(i)));
        }
        return values;
    }

    private static @Nullable String text(JsonNode parent, String path, String name) {
        var node = parent.get(name);
        return node == null || node.isNull() ? null : checkedText(path + name, node);
    }

    private static String checkedText(String field, JsonNode node) {
        if (!node.isString()) {
            throw InvalidRequest.malformed(field, "must be a string");
        }
        var value = node.stringValue();
        if (value.isBlank()) {
            throw InvalidRequest.malformed(field, "must not be empty");
        }
        if (value.length() > MAX_LENGTH) {
            throw InvalidRequest.malformed(field, "is longer than " + MAX_LENGTH + " characters");
        }
        return value;
    }

    private static ArchiveFormat format(JsonNode body) {
        var format = text(body, "", "format");
        if (format == null) {
            return ArchiveFormat.JSON;
        }
        return ArchiveFormat.named(format)
                .orElseThrow(() -> InvalidRequest.malformed(
                        "format", "'" + printable(format) + "' is unknown; there are " + ArchiveFormat.names()));
    }

    private static @Nullable Instant asOf(JsonNode body) {
        var asOf = text(body, "", "asOf");
        return asOf == null ? null : date("asOf", asOf, true);
    }

    /** @param end whether a date alone means its last millisecond, not its first */
    public static Instant date(String field, String text, boolean end) {
        try {
            return end ? IsoDates.end(text) : IsoDates.start(text);
        } catch (DateTimeException unreadable) {
            throw InvalidRequest.malformed(
                    field,
                    "'" + printable(text)
                            + "' is not an ISO 8601 date (2023-01-31) or time with an offset (2023-01-31T10:00:00Z)");
        }
    }

    /** What a person sent, fit to be shown to him or her. */
    public static String printable(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 100 ? plain : plain.substring(0, 100) + "…";
    }
}
