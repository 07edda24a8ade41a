package io.baler.job.start;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import io.baler.job.storage.ExportBucket;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClient;
import org.bson.Document;
import org.springframework.kafka.core.KafkaAdmin;

/** Looks once, before anything else begins, whether the servers answer that nothing works without. */
public final class ServerChecks {
    /** What the MongoDB driver says last, behind a description of the whole cluster. */
    private static final Pattern SOCKET_CAUSE =
            Pattern.compile("caused by \\{javax?\\.net\\.(?:ssl\\.)?(?:\\w+: )?([^}]*)}");

    private static final Pattern TLS = Pattern.compile("javax\\.net\\.ssl\\.|SslAuthenticationException");
    private static final Pattern LOGIN = Pattern.compile("SaslAuthenticationException|MongoSecurityException");

    ServerChecks(MongoClient mongo, KafkaAdmin kafka, ExportBucket bucket) {
        check("MongoDB", "spring.mongodb.uri", () -> mongo.getDatabase("admin").runCommand(new Document("ping", 1)));
        check("Kafka", "spring.kafka.bootstrap-servers", () -> lookForBrokers(kafka));
        check("the S3 bucket '" + bucket.name() + "'", "baler.s3.*", bucket::check);
    }

    /** Not by Spring's own look, which logs a stack trace and says nothing. */
    private static void lookForBrokers(KafkaAdmin kafka) {
        try (var admin = AdminClient.create(kafka.getConfigurationProperties())) {
            admin.describeCluster().nodes().get();
        } catch (ExecutionException unreachable) {
            throw new IllegalStateException(unreachable.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static void check(String server, String setting, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException unreachable) {
            throw new StartFailed(server + " " + sentence(unreachable, setting), unreachable);
        }
    }

    private static String sentence(Throwable failure, String setting) {
        var kinds = kinds(failure);
        if (TLS.matcher(kinds).find()) {
            return "cannot be reached: TLS failed, " + reason(failure)
                    + ". Is its CA in the SSL bundle that this service is given, and the name it is reached by in its"
                    + " certificate?";
        }
        if (LOGIN.matcher(kinds).find()) {
            return "does not let this service in: " + reason(failure) + ". Are user and password right?";
        }
        return "cannot be reached: " + reason(failure) + ". Is it running, and is " + setting + " right?";
    }

    /** The exceptions, those included that the MongoDB driver tells in its message alone. */
    private static String kinds(Throwable failure) {
        var kinds = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            kinds.append(cause.getClass().getName()).append(' ');
            if (cause instanceof MongoException) {
                kinds.append(cause.getMessage()).append(' ');
            }
        }
        return kinds.toString();
    }

    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        var socket = SOCKET_CAUSE.matcher(message);
        if (socket.find()) {
            return socket.group(1);
        }
        return message.length() > 200 ? message.substring(0, 200) + "…" : message;
    }
}
