package io.baler.bench.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.types.ObjectId;

/** One of two servers that a driver takes for a replica set; remembers what it was asked. */
final class ReplicaSetMember implements Answers, AutoCloseable {
    /** How far the primary says that it is. */
    static final BsonTimestamp NOW = new BsonTimestamp(1_700_000_000, 7);

    private static final ObjectId ELECTION = new ObjectId();

    private final boolean isPrimary;
    private final Commands commands = new Commands(new BenchLogs(10));
    private final ServerSocketChannel server = open();
    private final List<BsonDocument> asked = new CopyOnWriteArrayList<>();
    private volatile List<ReplicaSetMember> all = List.of();

    private ReplicaSetMember(boolean isPrimary) {
        this.isPrimary = isPrimary;
    }

    /** The primary, and a secondary. */
    static List<ReplicaSetMember> two() {
        var two = List.of(new ReplicaSetMember(true), new ReplicaSetMember(false));
        two.forEach(member -> member.serve(two));
        return two;
    }

    private static ServerSocketChannel open() {
        try {
            return SourceServer.open();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void serve(List<ReplicaSetMember> members) {
        all = members;
        var thread = new Thread(() -> {
            try {
                SourceServer.serve(server, this);
            } catch (IOException closed) {
                // that is its end
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + server.socket().getLocalPort();
    }

    /** The commands of this name that came, in order. */
    List<BsonDocument> asked(String name) {
        return asked.stream()
                .filter(command -> command.getFirstKey().equals(name))
                .toList();
    }

    @Override
    public BsonDocument hello() {
        var hosts = all.stream().map(member -> new BsonString(member.address())).toList();
        return commands.hello()
                .append("ismaster", BsonBoolean.valueOf(isPrimary))
                .append("isWritablePrimary", BsonBoolean.valueOf(isPrimary))
                .append("secondary", BsonBoolean.valueOf(!isPrimary))
                .append("setName", new BsonString("rs0"))
                .append("setVersion", new BsonInt32(1))
                .append("hosts", new BsonArray(hosts))
                .append("me", new BsonString(address()))
                .append("primary", hosts.get(0))
                .append("electionId", new BsonObjectId(ELECTION))
                .append("tags", new BsonDocument("nodeType", new BsonString(isPrimary ? "ELECTABLE" : "ANALYTICS")))
                .append("logicalSessionTimeoutMinutes", new BsonInt32(30));
    }

    @Override
    public Reply to(int request, BsonDocument command) {
        asked.add(command);
        return switch (command.getFirstKey()) {
            case "hello", "isMaster", "ismaster" -> Reply.message(request, hello());
            case "ping" ->
                Reply.message(request, new BsonDocument("ok", new BsonDouble(1)).append("operationTime", NOW));
            default -> commands.to(request, command);
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
