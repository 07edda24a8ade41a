package io.baler.api.export;

import io.baler.job.JobSearch;
import io.baler.job.JobStatus;
import io.baler.job.request.InvalidRequest;
import io.baler.job.request.RequestReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Which exports somebody wants listed, as the query of the call says it. */
record ListCall(MultiValueMap<String, String> query) {
    private static final int MAX_LISTED = 500;
    private static final String CURSOR = "cursor";
    private static final String EVERYBODY = "*";
    private static final List<String> PARAMETERS =
            List.of("status", "requestedBy", "createdFrom", "createdTo", "limit", CURSOR);
    private static final Map<String, JobStatus> STATUSES = Stream.of(JobStatus.LIVE, JobStatus.FINISHED)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableMap(JobStatus::value, status -> status));

    /** Fails closed: a filter that is not understood would otherwise show more than was asked for. */
    ListCall {
        query.keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw InvalidRequest.malformed(
                            RequestReader.printable(unknown), "is unknown; there are " + PARAMETERS);
                });
    }

    /**
     * What to look for, whether the caller may see it or not: one's own unless somebody else's or everybody's are asked
     * for by name.
     */
    JobSearch search(Caller caller) {
        var from = time("createdFrom", false);
        var to = time("createdTo", true);
        if (from != null && to != null && from.isAfter(to)) {
            throw InvalidRequest.unprocessable("createdFrom", "is after createdTo, which selects nothing");
        }
        var cursor = single(CURSOR);
        return new JobSearch(
                requester(caller), statuses(), from, to, cursor == null ? null : Cursor.read(cursor), limit());
    }

    /** None = everybody. */
    private @Nullable String requester(Caller caller) {
        var requester = single("requestedBy");
        if (requester == null) {
            return caller.name();
        }
        return requester.equals(EVERYBODY) ? null : requester;
    }

    /** Where the list goes on behind this place. */
    URI next(JobSearch.Position last) {
        var kept = PARAMETERS.stream()
                .filter(name -> !name.equals(CURSOR))
                .flatMap(name -> query.getOrDefault(name, List.of()).stream()
                        .map(value -> name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return URI.create(ExportPaths.ROOT + "?"
                + Stream.concat(kept, Stream.of(CURSOR + "=" + Cursor.of(last))).collect(Collectors.joining("&")));
    }

    private Set<JobStatus> statuses() {
        var statuses = EnumSet.noneOf(JobStatus.class);
        for (var name : query.getOrDefault("status", List.of())) {
            var status = STATUSES.get(name);
            if (status == null) {
                throw InvalidRequest.malformed(
                        "status",
                        "'" + RequestReader.printable(name) + "' is unknown; there are "
                                + STATUSES.keySet().stream().sorted().toList());
            }
            statuses.add(status);
        }
        return statuses;
    }

    private @Nullable Instant time(String name, boolean end) {
        var text = single(name);
        return text == null ? null : RequestReader.date(name, text, end);
    }

    private int limit() {
        var text = single("limit");
        if (text == null) {
            return 100;
        }
        if (text.matches("[0-9]{1,4}")) {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LISTED) {
                return limit;
            }
        }
        throw InvalidRequest.malformed("limit", "must be a whole number from 1 to " + MAX_LISTED);
    }

    private @Nullable String single(String name) {
        var values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw InvalidRequest.malformed(name, "must be given once");
        }
        if (values.isEmpty()) {
            return null;
        }
        if (values.get(0).isBlank()) {
            throw InvalidRequest.malformed(name, "must not be empty");
        }
        return values.get(0);
    }
}
