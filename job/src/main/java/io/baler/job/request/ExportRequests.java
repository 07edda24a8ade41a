package io.baler.job.request;

import io.baler.job.LogFilters;
import io.baler.job.NewJob;
import io.baler.job.Selection;
import io.baler.job.request.InvalidRequest.FieldError;
import io.baler.job.source.LogDatabase;
import io.baler.job.source.SourceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Judges requests: names are resolved and actions checked, and what does not exist is an error that names it. It
 * never widens an export.
 */
public final class ExportRequests {
    private static final int NAMED_AT_MOST = 20;

    private final SourceSettings source;
    private final RequestLimits limits;
    private final LogDatabase logs;

    ExportRequests(SourceSettings source, RequestLimits limits, LogDatabase logs) {
        this.source = source;
        this.limits = limits;
        this.logs = logs;
    }

    /**
     * Freezes what the request means now.
     *
     * @throws InvalidRequest if it names something that does not exist, or asks for more than it may
     */
    public NewJob accept(String id, String requestedBy, RequestedExport request) {
        var filters = request.filters();
        checkLimits(filters);
        checkActions(filters);
        return of(id, requestedBy, request, resolveUsers(filters));
    }

    /** What a request that is refused is remembered as: by what it asked for, as far as that could be read. */
    public NewJob refused(String id, String requestedBy, RequestedExport request) {
        return of(id, requestedBy, request, null);
    }

    private NewJob of(String id, String requestedBy, RequestedExport request, @Nullable List<BsonValue> users) {
        var fields = source.fields();
        var selection = new Selection(
                users, logs.database(), source.collection(), fields.user(), fields.action(), fields.time());
        var hash = FilterHash.of(request.filters(), users == null ? null : texts(users), request.format());
        return new NewJob(id, requestedBy, request.filters(), selection, hash, request.format(), request.asOf());
    }

    /**
     * Which names in it do not exist, for people who are still typing them.
     *
     * @throws InvalidRequest if it asks for more than it may
     */
    public UnknownNames unknownIn(RequestedExport request) {
        var filters = request.filters();
        checkLimits(filters);
        return new UnknownNames(unknownUsers(filters), unknownActions(filters));
    }

    private List<String> unknownUsers(LogFilters filters) {
        if (filters.usernames() == null || !source.users().areLookedUp()) {
            return List.of();
        }
        var found = logs.idsOf(filters.usernames());
        return filters.usernames().stream()
                .filter(name -> !found.containsKey(name))
                .toList();
    }

    private List<String> unknownActions(LogFilters filters) {
        return filters.actions() == null
                ? List.of()
                : filters.actions().stream()
                        .filter(action -> !source.allows(action))
                        .toList();
    }

    private void checkLimits(LogFilters filters) {
        checkLength("filters.usernames", filters.usernames());
        checkLength("filters.users", filters.users());
        checkLength("filters.actions", filters.actions());
        if (limits.longestRange() != null) {
            checkRange(limits.longestRange(), filters.dateFrom(), filters.dateTo());
        }
    }

    private void checkLength(String field, @Nullable List<String> values) {
        if (values != null && values.size() > limits.names()) {
            throw InvalidRequest.unprocessable(
                    field,
                    "has " + values.size() + " values; at most " + limits.names() + " are accepted"
                            + " (baler.limits.names)");
        }
    }

    private static void checkRange(Duration longest, @Nullable Instant from, @Nullable Instant to) {
        var rule = "one export may reach over " + longest + " at most (baler.limits.longest-range)";
        if (from == null) {
            throw InvalidRequest.unprocessable("filters.dateFrom", "is required: " + rule);
        }
        if (to == null) {
            throw InvalidRequest.unprocessable("filters.dateTo", "is required: " + rule);
        }
        if (Duration.between(from, to).compareTo(longest) > 0) {
            throw InvalidRequest.unprocessable(
                    "filters.dateTo", to + " is too far behind filters.dateFrom " + from + ": " + rule);
        }
    }

    private void checkActions(LogFilters filters) {
        refuseUnknown("filters.actions", "action", unknownActions(filters));
    }

    private @Nullable List<BsonValue> resolveUsers(LogFilters filters) {
        if (!filters.restrictsUsers()) {
            return null;
        }
        var ids = new ArrayList<BsonValue>();
        if (filters.usernames() != null) {
            ids.addAll(resolve(filters.usernames()));
        }
        if (filters.users() != null) {
            filters.users().stream().map(ExportRequests::idsWrittenAs).forEach(ids::addAll);
        }
        return ids.stream().distinct().toList();
    }

    private Collection<BsonValue> resolve(List<String> usernames) {
        if (!source.users().areLookedUp()) {
            return usernames.stream().<BsonValue>map(BsonString::new).toList();
        }
        var found = logs.idsOf(usernames);
        refuseUnknown(
                "filters.usernames",
                "user",
                usernames.stream().filter(name -> !found.containsKey(name)).toList());
        return found.values().stream().flatMap(List::stream).toList();
    }

    /**
     * Ids are not looked up: the logs of deleted users can be had by them. What looks like an ObjectId may be stored
     * as one or as text.
     */
    private static List<BsonValue> idsWrittenAs(String text) {
        return ObjectId.isValid(text)
                ? List.of(new BsonObjectId(new ObjectId(text)), new BsonString(text))
                : List.of(new BsonString(text));
    }

    private static void refuseUnknown(String field, String what, List<String> unknown) {
        if (!unknown.isEmpty()) {
            throw InvalidRequest.unprocessable(unknown.stream()
                    .limit(NAMED_AT_MOST)
                    .map(name -> new FieldError(field, "unknown " + what + " '" + RequestReader.printable(name) + "'"))
                    .toList());
        }
    }

    private static List<String> texts(List<BsonValue> ids) {
        return ids.stream()
                .map(id -> id instanceof BsonObjectId objectId
                        ? objectId.getValue().toHexString()
                        : id instanceof BsonString string ? string.getValue() : id.toString())
                .toList();
    }
}
