package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.baler.job.audit.AuditSettings;
import io.baler.job.audit.AuditTrail;
import jakarta.annotation.PreDestroy;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Who sees everybody's exports is seen doing so. */
@ExtendWith(OnApiServer.class)
class AdministratorTest {
    private static final String SEEN = "AUDIT_LOG_BULK_EXPORT_SEEN_BY_ADMIN";

    private static IdentityProvider provider;
    private static Replica replica;

    private final ApiServer api;
    private final FakeWorker worker;
    /** Ones that no other test has. */
    private final String ann = "ann-" + UUID.randomUUID();

    private final String bob = "bob-" + UUID.randomUUID();
    private final String root = "root-" + UUID.randomUUID();

    AdministratorTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @BeforeAll
    static void start(ApiServer api) {
        provider = IdentityProvider.start();
        replica = Replica.of(api, provider.settings());
    }

    @AfterAll
    static void stop() {
        replica.close();
        provider.close();
    }

    @Test
    void onesOwnAreListedUnlessOthersAreAskedFor() {
        var own = requestedBy(root);
        var hers = requestedBy(ann);
        var his = requestedBy(bob);

        assertThat(listed("")).containsExactly(own);
        assertThat(listed("?requestedBy=" + root)).containsExactly(own);
        assertThat(listed("?requestedBy=" + ann)).containsExactly(hers);
        assertThat(listed("?requestedBy=*&limit=3")).containsExactly(his, hers, own);
        assertThat(listed("?requestedBy=*&status=queued&limit=2")).containsExactly(his, hers);
        var next = get("?requestedBy=*&limit=1").body().path("next").stringValue();
        assertThat(listed(next.substring(EXPORTS.length()))).containsExactly(hers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/events", "/archive", "/manifest", "/manifest.sig"})
    void eachCallThatSeesSomebodyElsesExportIsAuditedOnce(String path) {
        var id = worker.complete(requestedBy(ann), new byte[] {1}, Instant.now().plusSeconds(60))
                .id();

        var answer = api.send(replica.call(EXPORTS + "/" + id + path, administrator()));

        assertThat(answer.status()).isIn(200, 302);
        assertThat(recordsOf(root)).filteredOn("action", SEEN).singleElement().satisfies(record -> {
            assertThat(record)
                    .containsEntry("target", id)
                    .containsEntry("targetModel", "ExportJob")
                    .containsEntry("ip", "127.0.0.1")
                    .containsEntry("endpoint", "GET " + EXPORTS + "/" + id + path)
                    .containsEntry("snapshot", new Document("username", root).append("requestedBy", ann));
            assertThat(record.getDate("createdAt")).isNotNull();
        });
    }

    @Test
    void aListOfOthersIsOneRecordThatNamesAllOfThemAndNoneOfOnesOwn() {
        requestedBy(root);
        var hers = requestedBy(ann);
        var his = requestedBy(bob);

        get("?requestedBy=*&limit=3");

        assertThat(recordsOf(root)).filteredOn("action", SEEN).singleElement().satisfies(record -> {
            assertThat(record.getList("target", String.class)).containsExactly(his, hers);
            assertThat(record.get("snapshot", Document.class).getList("requestedBy", String.class))
                    .containsExactly(ann, bob);
        });
        assertThat(recordsAbout(hers))
                .extracting(record -> record.getString("action"))
                .contains(SEEN);
    }

    @Test
    void whatIsOnesOwnOrNotThereIsNotAudited() {
        var own = requestedBy(root);

        get("");
        get("?requestedBy=" + bob);
        get("/" + own);
        api.send(replica.call(EXPORTS + "/0123456789abcdef01234567", administrator()))
                .isProblem(404, "not-found");

        assertThat(recordsOf(root))
                .extracting(record -> record.getString("action"))
                .doesNotContain(SEEN);
    }

    @Test
    void whatAnAdministratorDoesWithSomebodyElsesExportIsAuditedAsHisOrHers() {
        var id = requestedBy(ann);

        api.send(replica.call(EXPORTS + "/" + id + "/restart", administrator()).POST(BodyPublishers.noBody()))
                .is(202);
        api.send(replica.call(EXPORTS + "/" + id + "/cancel", administrator()).POST(BodyPublishers.noBody()))
                .is(202);
        api.send(replica.call(EXPORTS + "/" + id, administrator()).DELETE()).is(204);

        assertThat(recordsOf(root))
                .extracting(record -> record.getString("action"))
                .containsExactly(
                        SEEN,
                        "AUDIT_LOG_BULK_EXPORT_RESTARTED",
                        SEEN,
                        "AUDIT_LOG_BULK_EXPORT_CANCELLED",
                        SEEN,
                        "AUDIT_LOG_BULK_EXPORT_DELETED");
    }

    @Test
    void whatAnAdministratorTriesInVainHasShownTheExportAndIsAuditedAsThat() {
        var id = requestedBy(ann);

        var answer = api.send(replica.call(EXPORTS + "/" + id, administrator()).DELETE());

        answer.isProblem(409, "wrong-state");
        assertThat(recordsOf(root))
                .extracting(record -> record.getString("action"))
                .containsExactly(SEEN);
    }

    @Test
    void whatCannotBeAuditedIsNotShown() {
        var id = requestedBy(ann);
        var own = requestedBy(root);
        try (var unaudited = Replica.with(api, new Class<?>[] {NoAuditTrail.class}, provider.settings())) {
            for (var call : List.of("/" + id, "/" + id + "/events", "?requestedBy=*&limit=3")) {
                var answer = api.send(unaudited.call(EXPORTS + call, administrator()));

                assertThat(answer.isProblem(503, "database-unavailable").header("www-authenticate"))
                        .isEmpty();
                assertThat(answer.text()).doesNotContain(ann, own);
            }
            api.send(unaudited.call(EXPORTS + "/" + own, administrator())).is(200);
        }
    }

    /** A part for a {@link Replica} that can write no audit records. */
    static class NoAuditTrail {
        private final MongoClient nowhere = MongoClients.create("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100");

        @PreDestroy
        void close() {
            nowhere.close();
        }

        @Bean
        @Primary
        AuditTrail auditTrailToNowhere(AuditSettings settings) {
            return new AuditTrail(new MongoTemplate(nowhere, "nowhere"), settings, Clock.systemUTC());
        }
    }

    private String requestedBy(String user) {
        var request = replica.call(EXPORTS, provider.token(user, "exports:write"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(api.newRequest()));
        return api.send(request).is(202).body().path("id").stringValue();
    }

    private String administrator() {
        return provider.token(
                provider.claims(root, "exports:read", "exports:write").claim("roles", List.of("exports:admin")));
    }

    private Answer get(String rest) {
        return api.send(replica.call(EXPORTS + rest, administrator())).is(200);
    }

    private List<String> listed(String query) {
        return get(query)
                .body()
                .path("exports")
                .valueStream()
                .map(export -> export.path("id").stringValue())
                .toList();
    }

    private List<Document> recordsOf(String user) {
        return records(
                new Document("user", user).append("action", new Document("$ne", "AUDIT_LOG_BULK_EXPORT_REQUESTED")));
    }

    private List<Document> recordsAbout(String job) {
        return records(new Document("target", job));
    }

    private List<Document> records(Document which) {
        return api.bean(MongoClient.class)
                .getDatabase("baler")
                .getCollection("exportAudits")
                .find(which)
                .sort(new Document("createdAt", 1).append("_id", 1))
                .into(new ArrayList<>());
    }
}
