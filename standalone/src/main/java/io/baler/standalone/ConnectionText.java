package io.baler.standalone;

import io.baler.standalone.stack.Connection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells people how to reach the embedded servers. */
final class ConnectionText {

    private ConnectionText() {}

    static List<String> servers(Connection connection) {
        var s3 = connection.s3();
        return List.of(
                "  MongoDB   " + connection.mongodb(),
                "  Kafka     " + connection.kafka(),
                s3 == null
                        ? "  S3        -"
                        : "  S3        " + s3.endpoint() + ", bucket " + s3.bucket() + ", access key " + s3.accessKey()
                                + ", secret key " + s3.secretKey());
    }

    /** What services that are started by hand need, as Spring properties. */
    static Map<String, String> properties(Connection connection, Path signingKey) {
        var properties = new LinkedHashMap<String, String>();
        properties.put("spring.mongodb.uri", String.valueOf(connection.mongodb()));
        properties.put("spring.kafka.bootstrap-servers", String.valueOf(connection.kafka()));
        var s3 = connection.s3();
        if (s3 != null) {
            properties.put("baler.s3.endpoint", s3.endpoint());
            properties.put("baler.s3.region", "us-east-1");
            properties.put("baler.s3.bucket", s3.bucket());
            properties.put("baler.s3.access-key", s3.accessKey());
            properties.put("baler.s3.secret-key", s3.secretKey());
            properties.put("baler.s3.path-style", "true");
        }
        properties.put("baler.source.settle", "0s");
        properties.put("baler.signing.key-file", signingKey.toString());
        // the api takes its one token in no other profile
        properties.put("spring.profiles.active", "embedded");
        properties.put("baler.api.token", String.valueOf(connection.token()));
        return properties;
    }

    /** The environment variable that Spring reads for a property: no dashes, dots as underscores. */
    static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
