package io.baler.api.export;

import io.baler.job.TraceContext;
import io.baler.job.request.InvalidRequest;
import io.baler.job.request.RequestReader;
import io.baler.job.request.RequestedExport;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;

/**
 * A request for an export as somebody sent it.
 *
 * @param restartJob an equal running export is to begin anew instead of being in the way
 * @param reuse a finished export that holds the same records will do
 * @param trace which the call is part of, if it said so or is traced here
 */
record ExportCall(
        RequestedExport export,
        boolean restartJob,
        boolean reuse,
        @Nullable TraceContext trace) {
    private static final List<String> MEMBERS = List.of("filters", "format", "asOf", "restartJob", "reuse");
    private static final int NAMED_AT_MOST = 20;
    private static final int LONGEST_NAME = 100;

    static ExportCall read(JsonNode body) {
        return read(body, HttpHeaders.EMPTY);
    }

    static ExportCall read(JsonNode body, HttpHeaders headers) {
        refuseUnknownMembers(body);
        return new ExportCall(
                RequestReader.read(body),
                flag(body, "restartJob"),
                flag(body, "reuse"),
                TraceContext.of(headers::getFirst).orElse(null));
    }

    /** Fails closed: a member that is not understood may have been meant to narrow the export. */
    private static void refuseUnknownMembers(JsonNode body) {
        var unknown = body.propertyNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .limit(NAMED_AT_MOST)
                .map(name -> StringUtils.truncate(name, LONGEST_NAME))
                .toList();
        if (!unknown.isEmpty()) {
            var others = unknown.stream().skip(1).collect(Collectors.joining(", "));
            throw InvalidRequest.malformed(
                    unknown.get(0),
                    "is unknown" + (others.isEmpty() ? "" : ", and so are " + others) + "; there are " + MEMBERS);
        }
    }

    private static boolean flag(JsonNode body, String name) {
        var node = body.get(name);
        if (node == null || node.isNull()) {
            return false;
        }
        if (!node.isBoolean()) {
            throw InvalidRequest.malformed(name, "must be true or false");
        }
        return node.booleanValue();
    }
}
