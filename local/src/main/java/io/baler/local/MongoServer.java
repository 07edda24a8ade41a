package io.baler.local;

import de.bwaldvogel.mongo.MongoBackend;
import java.nio.file.Path;

/**
 * A server that speaks MongoDB's wire protocol, on 127.0.0.1, without authentication.
 *
 * <p>It is not a MongoDB: no sessions, transactions, change streams, time-to-live; of indexes only the unique ones, and
 * their sparseness, are real. With a directory, every acknowledged write is found again by the next server there, also
 * after a kill.
 */
public final class MongoServer implements AutoCloseable {

    /** The database that {@link #connectionString()} names. */
    public static final String DATABASE = "baler";

    private static final String NAME = "MongoDB";

    /** A command runs on its connection's thread, so a slow one delays only the connections that share the thread. */
    private static final int THREADS = 16;

    private final de.bwaldvogel.mongo.MongoServer server;
    private final int port;
    private boolean closed;

    private MongoServer(de.bwaldvogel.mongo.MongoServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * @param directory the server's own, made if it is missing
     * @param port 0 takes a free one
     * @throws LocalStackFailed if the port is in use or the data cannot be opened
     */
    public static MongoServer start(Path directory, int port) {
        Path file = DataDirectory.create(directory).resolve("store.mv");
        try {
            return start(new DurableMongo(file), port);
        } catch (RuntimeException e) {
            throw LocalStackFailed.server(NAME, port, e);
        }
    }

    /** The same, with data that end with the server. */
    public static MongoServer inMemory(int port) {
        return start(new MemoryMongo(), port);
    }

    private static MongoServer start(MongoBackend backend, int port) {
        var server = new de.bwaldvogel.mongo.MongoServer(backend);
        try {
            server.bind(Ports.address(port), 1, THREADS);
        } catch (Exception e) {
            // a BindException, which netty throws undeclared, and which the server therefore does not catch
            server.shutdownNow();
            throw LocalStackFailed.server(NAME, port, e);
        }
        return new MongoServer(server, server.getLocalAddress().getPort());
    }

    /** With the database {@value #DATABASE}. */
    public String connectionString() {
        return connectionString(DATABASE);
    }

    public String connectionString(String database) {
        return "mongodb://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    /** Connections are cut; closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.shutdownNow();
        }
    }

    @Override
    public String toString() {
        return NAME + " at 127.0.0.1:" + port;
    }
}
