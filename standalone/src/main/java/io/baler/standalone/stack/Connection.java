package io.baler.standalone.stack;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.baler.local.LocalStack;
import org.jspecify.annotations.Nullable;

/**
 * Where a running Baler is reached: what {@code connection.json} says.
 *
 * @param url of the REST API
 * @param token for the REST API
 * @param mongodb connection string, which names the database
 * @param kafka bootstrap servers
 */
@JsonPropertyOrder({"url", "token", "mongodb", "kafka", "s3"})
public record Connection(
        @Nullable String url,
        @Nullable String token,
        @Nullable String mongodb,
        @Nullable String kafka,
        @Nullable S3 s3) {

    @JsonPropertyOrder({"endpoint", "accessKey", "secretKey", "bucket"})
    public record S3(String endpoint, String accessKey, String secretKey, String bucket) {

        @Override
        public String toString() {
            return "S3[" + endpoint + "/" + bucket + "]";
        }
    }

    /** The connection of services that run, or will run, on an embedded stack. */
    public static Connection to(LocalStack stack, String url, String token) {
        return new Connection(
                url,
                token,
                stack.mongodb().connectionString(),
                stack.kafka().bootstrapServers(),
                new S3(
                        stack.s3().endpoint().toString(),
                        stack.s3().accessKey(),
                        stack.s3().secretKey(),
                        Services.BUCKET));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Connection[" + url + "]";
    }
}
