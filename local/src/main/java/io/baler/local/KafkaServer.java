package io.baler.local;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker, controller included, on 127.0.0.1. Topics and acknowledged records are found again by the next broker
 * in the same directory, also after a kill. Using a topic does not make it.
 */
public final class KafkaServer implements AutoCloseable {

    private static final String NAME = "Kafka";
    private static final int ATTEMPTS = 3;

    private final KafkaRaftServer broker;
    private final int port;
    private boolean closed;

    private KafkaServer(KafkaRaftServer broker, int port) {
        this.broker = broker;
        this.port = port;
    }

    /**
     * Returns when clients can produce and consume.
     *
     * @param directory the broker's own, made if it is missing
     * @param port 0 takes a free one
     * @throws LocalStackFailed if the port is in use or the broker cannot start
     */
    public static KafkaServer start(Path directory, int port) {
        return start(directory, port, BrokerSecurity.NONE);
    }

    /** The same, reached as {@code security} says. */
    public static KafkaServer start(Path directory, int port, BrokerSecurity security) {
        BrokerExit.staysInTheBroker();
        Path logs = DataDirectory.create(directory);
        for (int attempt = 1; ; attempt++) {
            if (port != 0) {
                Ports.requireFree(NAME, port);
            }
            try {
                int[] free = Ports.twoFree();
                return start(logs, port == 0 ? free[0] : port, free[1], security);
            } catch (Exception e) {
                // the controller's port, or one that nobody asked for, was free a moment ago: take another
                if (attempt == ATTEMPTS || !LocalStackFailed.isPortTaken(e)) {
                    throw LocalStackFailed.server(NAME, port, e);
                }
            }
        }
    }

    private static KafkaServer start(Path logs, int port, int controllerPort, BrokerSecurity security)
            throws Exception {
        format(logs, security);
        var settings = KafkaConfig.fromProps(BrokerSettings.of(logs, port, controllerPort, security), false);
        var broker = new KafkaRaftServer(settings, Time.SYSTEM);
        try {
            broker.startup();
        } catch (RuntimeException e) {
            broker.shutdown();
            throw e;
        }
        return new KafkaServer(broker, port);
    }

    /** Gives a new directory its cluster id, which stays. */
    private static void format(Path logs, BrokerSecurity security) throws Exception {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setNodeId(BrokerSettings.NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .addDirectory(logs.toString())
                .setMetadataLogDirectory(logs.toString())
                .setScramArguments(security.scram())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    /** For {@code bootstrap.servers}: 127.0.0.1 and the port. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            broker.shutdown();
            broker.awaitShutdown();
        }
    }

    @Override
    public String toString() {
        return NAME + " at " + bootstrapServers();
    }
}
