package io.baler.bench.source;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Answers the commands that an export of everything consists of, and refuses all others by name. */
final class Commands implements Answers {
    /** MongoDB 7.0's. */
    private static final int WIRE_VERSION = 21;

    private static final int NO_SUCH_COMMAND = 59;
    private static final int NO_SUCH_CURSOR = 43;

    private final BenchLogs logs;
    private final Map<Long, IdRange> cursors = new ConcurrentHashMap<>();
    private final AtomicLong lastCursor = new AtomicLong();

    Commands(BenchLogs logs) {
        this.logs = logs;
    }

    @Override
    public Reply to(int request, BsonDocument command) {
        var name = command.getFirstKey();
        return switch (name) {
            case "find" -> find(request, command);
            case "getMore" -> getMore(request, command);
            default -> Reply.message(request, plainAnswer(name, command));
        };
    }

    private BsonDocument plainAnswer(String name, BsonDocument command) {
        return switch (name) {
            case "hello", "isMaster", "ismaster" -> hello();
            case "ping", "endSessions", "killCursors" -> ok();
            case "buildInfo", "buildinfo" -> ok().append("version", new BsonString("7.0.0"));
            case "count" -> ok().append("n", count(command.get("query", new BsonDocument())));
            case "aggregate" -> aggregate(command);
            case "listCollections" -> listed(command);
            default -> error(NO_SUCH_COMMAND, "the benchmark's source has no command " + name);
        };
    }

    @Override
    public BsonDocument hello() {
        return ok().append("ismaster", BsonBoolean.TRUE)
                .append("isWritablePrimary", BsonBoolean.TRUE)
                .append("helloOk", BsonBoolean.TRUE)
                .append("maxBsonObjectSize", new BsonInt32(16 << 20))
                .append("maxMessageSizeBytes", new BsonInt32(48_000_000))
                .append("maxWriteBatchSize", new BsonInt32(100_000))
                .append("localTime", new BsonDateTime(System.currentTimeMillis()))
                .append("minWireVersion", new BsonInt32(0))
                .append("maxWireVersion", new BsonInt32(WIRE_VERSION))
                .append("readOnly", BsonBoolean.TRUE);
    }

    private static BsonDocument ok() {
        return new BsonDocument("ok", new BsonDouble(1));
    }

    private static BsonDocument error(int code, String message) {
        return new BsonDocument("ok", new BsonDouble(0))
                .append("code", new BsonInt32(code))
                .append("errmsg", new BsonString(message));
    }

    private BsonInt32 count(BsonValue filter) {
        return new BsonInt32(IdRange.of(logs, filter).count());
    }

    private BsonDocument aggregate(BsonDocument command) {
        var stages = command.getArray("pipeline");
        var match = stages.get(0).asDocument().get("$match", new BsonDocument());
        if (!stages.get(stages.size() - 1).asDocument().containsKey("$group")) {
            return error(NO_SUCH_COMMAND, "the benchmark's source aggregates nothing but counts");
        }
        var counted = new BsonDocument("_id", new BsonInt32(1)).append("n", count(match));
        return cursorOf(counted, namespace(command, "aggregate"));
    }

    private static BsonDocument listed(BsonDocument command) {
        var logs = new BsonDocument("name", new BsonString("activities"))
                .append("type", new BsonString("collection"))
                .append("options", new BsonDocument())
                .append("info", new BsonDocument("readOnly", BsonBoolean.TRUE));
        return cursorOf(logs, command.getString("$db").getValue() + ".$cmd.listCollections");
    }

    private static BsonDocument cursorOf(BsonDocument only, String namespace) {
        var cursor = new BsonDocument("firstBatch", new BsonArray(java.util.List.of(only)))
                .append("id", new BsonInt64(0))
                .append("ns", new BsonString(namespace));
        return ok().append("cursor", cursor);
    }

    private Reply find(int request, BsonDocument command) {
        var range = IdRange.of(logs, command.get("filter", new BsonDocument()));
        var namespace = namespace(command, "find");
        int limit = number(command, "limit", 0);
        boolean descends = number(command.getDocument("sort", new BsonDocument()), "_id", 1) < 0;
        if (descends && limit != 1) {
            return Reply.message(
                    request, error(NO_SUCH_COMMAND, "the benchmark's source reads one record backwards, not more"));
        }
        if (limit == 1 && command.containsKey("projection")) {
            return Reply.message(request, idOf(descends ? range.last() : range.first(1), namespace));
        }
        var wanted = limit == 0 ? range : range.first(Math.abs(limit));
        return batch(request, "firstBatch", wanted, number(command, "batchSize", BenchLogs.BLOCK), namespace);
    }

    private BsonDocument idOf(IdRange one, String namespace) {
        var batch = new BsonArray();
        if (one.count() > 0) {
            batch.add(new BsonDocument("_id", new BsonObjectId(logs.id(one.from()))));
        }
        var cursor = new BsonDocument("firstBatch", batch)
                .append("id", new BsonInt64(0))
                .append("ns", new BsonString(namespace));
        return ok().append("cursor", cursor);
    }

    private Reply getMore(int request, BsonDocument command) {
        var range = cursors.remove(command.getInt64("getMore").getValue());
        if (range == null) {
            return Reply.message(request, error(NO_SUCH_CURSOR, "there is no such cursor"));
        }
        int most = number(command, "batchSize", BenchLogs.BLOCK);
        return batch(request, "nextBatch", range, most, namespace(command, "collection"));
    }

    private Reply batch(int request, String name, IdRange range, int most, String namespace) {
        int size = most == 0 ? BenchLogs.BLOCK : most;
        int end = logs.endOfRun(range.from(), Math.min(range.to(), range.from() + size));
        var elements = range.count() == 0 ? ByteBuffer.allocate(0) : logs.elements(range.from(), end);
        long cursor = 0;
        if (end < range.to()) {
            cursor = lastCursor.incrementAndGet();
            cursors.put(cursor, range.behind(end));
        }
        return Reply.batch(request, name, elements, cursor, namespace);
    }

    private static String namespace(BsonDocument command, String key) {
        return command.getString("$db").getValue() + "."
                + command.getString(key).getValue();
    }

    private static int number(BsonDocument in, String key, int otherwise) {
        return in.containsKey(key) ? in.getNumber(key).intValue() : otherwise;
    }
}
