package io.baler.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link LocalStack} keeps its data and where it listens.
 *
 * @param dataDirectory made if it is missing; null: nothing outlives the stack (MongoDB in memory, Kafka and S3 in a
 *     temporary directory that is deleted on close)
 * @param mongodbPort on 127.0.0.1; 0 takes a free one, as for the other two
 */
public record LocalStackSettings(@Nullable Path dataDirectory, int mongodbPort, int kafkaPort, int s3Port) {

    public LocalStackSettings {
        requirePort("mongodbPort", mongodbPort);
        requirePort("kafkaPort", kafkaPort);
        requirePort("s3Port", s3Port);
    }

    /** Free ports, and nothing outlives the stack. */
    public static LocalStackSettings temporary() {
        return new LocalStackSettings(null, 0, 0, 0);
    }

    /** Free ports, and everything is found again by the next stack in the same directory. */
    public static LocalStackSettings in(Path dataDirectory) {
        return new LocalStackSettings(dataDirectory, 0, 0, 0);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + ": must be between 0 and 65535, got " + port);
        }
    }
}
