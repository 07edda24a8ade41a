package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Outages, defects and limits are told as the document at {@code /v3/api-docs} describes them. */
@ExtendWith(OnApiServer.class)
class DescribedTroubleTest {
    private static final String ID = "0123456789abcdef01234567";

    private final ApiServer api;
    private final FakeWorker worker;
    private Contract contract;

    DescribedTroubleTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @BeforeEach
    void read() {
        contract = new Contract(api.get("/v3/api-docs").is(200).body());
    }

    @AfterEach
    void serversAreBack() {
        api.s3().mend();
        api.mendMongodb();
    }

    @Test
    void withoutTheDatabaseEveryCallIsAnswered503() {
        api.mongodb().cut();

        // side by side: each waits for a server to be chosen
        var answers = contract.calls().parallelStream()
                .map(call -> api.send(made(call, api::call)))
                .toList();

        assertThat(answers).hasSizeGreaterThan(10);
        answers.stream()
                // it may know what it needs: actions that are configured, and who has presented the one token
                .filter(answer -> answer.status() != 200 && answer.status() != 204)
                .forEach(answer -> contract.keeps(503, answer));
    }

    @Test
    void withoutTheStorageManifestsAreAnswered503() {
        var tomorrow = Instant.now().plus(Duration.ofDays(1));
        var done = worker.completeWithManifest(api.requested(), new byte[10], tomorrow)
                .id();
        api.s3().cut();

        contract.keeps(503, api.get(EXPORTS + "/" + done + "/manifest"));
    }

    @Test
    void aDefectIsAnswered500AndSaysNothingOfOurInsides() {
        // no version writes such a one, so none expects it
        var broken = new Document("_id", "broken")
                .append("requestedBy", "dora")
                .append("seen", false)
                .append("outcome", "a-canary")
                .append("expiresAt", Date.from(Instant.now().plusSeconds(600)));
        var notifications = api.bean(MongoClient.class).getDatabase("baler").getCollection("exportNotifications");
        notifications.insertOne(broken);
        try (var replica = Replica.of(api, "--baler.api.user=dora")) {
            var answer = replica.get("/api/v1/notifications");

            contract.keeps(500, answer);
            assertThat(answer.text()).doesNotContain("canary", "Exception", "io.baler");
        } finally {
            notifications.deleteOne(new Document("_id", "broken"));
        }
    }

    @Test
    void limitsAreAnswered429() {
        try (var replica = Replica.of(api, "--baler.api.user=lena", "--baler.limits.live-per-requester=1")) {
            contract.keeps(202, replica.post(EXPORTS, api.newRequest()));
            contract.keeps(429, replica.post(EXPORTS, api.newRequest()));
        }
        try (var replica = Replica.of(api, "--baler.api.user=mona", "--baler.limits.requests-per-minute=1")) {
            replica.post(EXPORTS, "{}").is(400);
            var limited = contract.calls().stream()
                    .filter(call -> !call.startsWith("GET "))
                    .map(call -> api.send(made(call, replica::call)))
                    .toList();
            assertThat(limited).hasSizeGreaterThan(5);
            limited.forEach(answer -> contract.keeps(429, answer));
        }
    }

    private static HttpRequest.Builder made(String call, Function<String, HttpRequest.Builder> to) {
        var words = List.of(call.split(" "));
        var path = words.get(1).replace("{id}", ID) + (words.get(1).endsWith("/seen") ? "?upTo=" + ID : "");
        var body = words.get(0).equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{\"filters\":{}}");
        return to.apply(path).header("Content-Type", "application/json").method(words.get(0), body);
    }
}
