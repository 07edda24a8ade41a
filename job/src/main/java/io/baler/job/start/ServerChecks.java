package io.baler.job.start;

import com.mongodb.client.MongoClient;
import io.baler.job.storage.ExportBucket;
import org.bson.Document;
import org.springframework.kafka.core.KafkaAdmin;

/** Looks once, before anything else begins, whether the servers answer that nothing works without. */
public final class ServerChecks {

    ServerChecks(MongoClient mongo, KafkaAdmin kafka, ExportBucket bucket) {
        check("MongoDB", "spring.mongodb.uri", () -> mongo.getDatabase("admin").runCommand(new Document("ping", 1)));
        check("Kafka", "spring.kafka.bootstrap-servers", kafka::clusterId);
        check("the S3 bucket '" + bucket.name() + "'", "baler.s3.*", bucket::check);
    }

    private static void check(String server, String setting, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException unreachable) {
            throw new StartFailed(
                    server + " cannot be reached: " + reason(unreachable) + ". Is it running, and is " + setting
                            + " right?",
                    unreachable);
        }
    }

    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return message.length() > 200 ? message.substring(0, 200) + "…" : message;
    }
}
