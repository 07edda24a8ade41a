package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each service may do in the bucket what it does, and nothing that another one is for. */
class BucketPoliciesTest {
    private static final Path POLICIES = Path.of("..", "deploy", "s3");

    @Test
    void aWorkerCanNeitherDeleteNorAbort() throws IOException {
        assertThat(allowed("worker")).containsExactlyInAnyOrder("s3:ListBucket", "s3:PutObject", "s3:GetObject");
    }

    @Test
    void onlyAWorkerCanWrite() throws IOException {
        assertThat(allowed("api"))
                .containsExactlyInAnyOrder(
                        "s3:ListBucket", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload");
        assertThat(allowed("cleanup")).doesNotContain("s3:PutObject");
    }

    @Test
    void everyRightIsNamedAndIsOfOneBucket() throws IOException {
        for (var service : List.of("api", "worker", "cleanup")) {
            assertThat(allowed(service)).noneMatch(action -> action.contains("*"));
            assertThat(policy(service).path("Statement").valueStream())
                    .allMatch(rule -> rule.path("Resource").asString().matches("arn:aws:s3:::EXPORTS-BUCKET(/\\*)?"));
        }
    }

    private static Set<String> allowed(String service) throws IOException {
        return policy(service)
                .path("Statement")
                .valueStream()
                .flatMap(rule -> rule.path("Action").valueStream())
                .map(JsonNode::asString)
                .collect(Collectors.toSet());
    }

    private static JsonNode policy(String service) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(POLICIES.resolve(service + ".json")));
    }
}
