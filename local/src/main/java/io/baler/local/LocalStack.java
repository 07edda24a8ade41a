package io.baler.local;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker, a MongoDB-wire server and an S3 server in this JVM, all three ready when {@link #start} returns.
 *
 * <p>They listen on 127.0.0.1 only. With a data directory, what they have acknowledged is found again by the next stack
 * in that directory, whether this one was closed, terminated or killed. Any number of stacks may run in one JVM.
 */
public final class LocalStack implements AutoCloseable {

    /**
     * Loggers and the levels at which the servers tell what matters and no more, for instance as Spring's {@code
     * logging.level.*}. The MongoDB server logs with a stack trace every error that it also answers, duplicate keys
     * included, so it is off.
     */
    public static final Map<String, String> QUIET_LOGGERS = Map.of(
            "kafka", "ERROR",
            "org.apache.kafka", "WARN",
            "org.apache.kafka.clients.NetworkClient", "ERROR",
            "org.apache.kafka.controller.QuorumController", "ERROR",
            "state.change.logger", "WARN",
            "org.eclipse.jetty", "WARN",
            "org.gaul.s3proxy", "WARN",
            "de.bwaldvogel.mongo", "OFF");

    private static final Logger log = LoggerFactory.getLogger(LocalStack.class);

    private final DataDirectory directory;
    private final MongoServer mongodb;
    private final KafkaServer kafka;
    private final S3Server s3;

    private LocalStack(DataDirectory directory, MongoServer mongodb, KafkaServer kafka, S3Server s3) {
        this.directory = directory;
        this.mongodb = mongodb;
        this.kafka = kafka;
        this.s3 = s3;
    }

    /**
     * Starts the three at the same time and waits for all of them: about two seconds, five after a hard stop.
     *
     * @throws LocalStackFailed if one of them cannot start; the others are closed again
     */
    public static LocalStack start(LocalStackSettings settings) {
        var directory = DataDirectory.open(settings.dataDirectory());
        var kafka = starting("kafka", () -> KafkaServer.start(directory.path("kafka"), settings.kafkaPort()));
        var mongodb = starting("mongodb", () -> startMongodb(directory, settings.mongodbPort()));
        var s3 = starting("s3", () -> S3Server.start(directory.path("s3"), settings.s3Port()));
        try {
            return new LocalStack(directory, mongodb.join(), kafka.join(), s3.join());
        } catch (CompletionException e) {
            closeAll(closer(s3), closer(kafka), closer(mongodb), directory);
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static MongoServer startMongodb(DataDirectory directory, int port) {
        return directory.isTemporary()
                ? MongoServer.inMemory(port)
                : MongoServer.start(directory.path("mongodb"), port);
    }

    /** On a thread of its own, which inherits the class loader; a common pool's thread would not see a packed jar. */
    private static <T> CompletableFuture<T> starting(String name, Supplier<T> server) {
        return CompletableFuture.supplyAsync(server, task -> new Thread(task, "local-" + name + "-start").start());
    }

    /** Waits until the server has started or failed, and closes what started. */
    private static AutoCloseable closer(CompletableFuture<? extends AutoCloseable> starting) {
        return () -> {
            starting.handle((server, failure) -> server).join();
            if (!starting.isCompletedExceptionally()) {
                starting.join().close();
            }
        };
    }

    /** Closes each, even when the one before it could not be closed. */
    private static void closeAll(AutoCloseable... all) {
        for (AutoCloseable one : all) {
            try {
                one.close();
            } catch (Exception e) {
                log.warn("Not closed in order: {}", one, e);
            }
        }
    }

    public MongoServer mongodb() {
        return mongodb;
    }

    public KafkaServer kafka() {
        return kafka;
    }

    public S3Server s3() {
        return s3;
    }

    /** Stops all three, the database last; deletes a temporary directory. Closing twice does nothing. */
    @Override
    public void close() {
        closeAll(s3, kafka, mongodb, directory);
    }
}
