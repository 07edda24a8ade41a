package io.baler.standalone.endtoend;

import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** The promises on the embedded servers, everywhere; {@link RealServersTest} has the same on real ones. */
class EmbeddedServersTest extends ExportSuite {
    private final LocalStack stack = LocalStack.start(LocalStackSettings.temporary());

    @Override
    Map<String, String> servers() {
        var s3 = stack.s3();
        s3.createBucket("exports");
        return Map.of(
                "spring.mongodb.uri",
                stack.mongodb().connectionString(),
                "spring.kafka.bootstrap-servers",
                stack.kafka().bootstrapServers(),
                "baler.s3.endpoint",
                s3.endpoint().toString(),
                "baler.s3.bucket",
                "exports",
                "baler.s3.path-style",
                "true",
                "baler.s3.access-key",
                s3.accessKey(),
                "baler.s3.secret-key",
                s3.secretKey());
    }

    @AfterAll
    void stopServers() {
        stack.close();
    }
}
