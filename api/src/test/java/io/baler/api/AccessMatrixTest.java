package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import io.baler.job.ExportJob;
import io.baler.job.events.ExportEvents;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Everything that is mapped, asked for by everybody there may be, about an export of somebody named owner. */
@ExtendWith(OnApiServer.class)
class AccessMatrixTest {
    private static final String READ = "exports:read";
    private static final String WRITE = "exports:write";
    private static final String OWNER = "owner";

    /** A plus: the answer tells of the owner's export. */
    private static final String EXPECTED = """
                                                            none    nothing read    write   both    other   admin   role    static
            GET /api/v1/exports                             401     403     200+    403     200+    200     200     403     200
            GET /api/v1/exports?requestedBy=owner           401     403     200+    403     200+    200     200+    403     200+
            GET /api/v1/exports?requestedBy=*               401     403     200     403     200     200     200+    403     200+
            GET /api/v1/exports/{id}                        401     403     200+    403     200+    404     200+    403     200+
            GET /api/v1/exports/{id}/events                 401     403     200+    403     200+    404     200+    403     200+
            GET /api/v1/exports/{id}/archive                401     403     302     403     302     404     302     403     302
            GET /api/v1/exports/{id}/manifest               401     403     200     403     200     404     200     403     200
            GET /api/v1/exports/{id}/manifest.sig           401     403     200     403     200     404     200     403     200
            POST /api/v1/exports                            401     403     403     202     202     202     202     403     202
            POST /api/v1/exports/preview                    401     403     403     200     200     200     200     403     200
            POST /_api/v3/audit-log-bulk-export             401     403     403     201     201     201     201     403     201
            POST /api/v1/exports/{id}/restart               401     403     403     202+    202+    404     202+    403     202+
            POST /api/v1/exports/{id}/cancel                401     403     403     202+    202+    404     202+    403     202+
            POST /api/v1/exports/{id}/resume                401     403     403     202+    202+    404     202+    403     202+
            DELETE /api/v1/exports/{id}                     401     403     403     204     204     404     204     403     204
            GET /v3/api-docs                                401     403     200     403     200     200     200     403     200
            GET /v3/api-docs.yaml                           401     403     200     403     200     200     200     403     200
            GET /api/v1/keys                                401     403     200     403     200     200     200     403     200
            GET /api/v1/notifications                       401     403     200+    403     200+    200     200     403     200
            PUT /api/v1/notifications/{id}/seen             401     403     403     204     204     404     404     403     404
            PUT /api/v1/notifications/seen?upTo={id}        401     403     403     204     204     404     404     403     404
            POST /api/v1/session                            401     403     200     403     200     200     200     403     200
            GET /api/v1/session                             401     403     200     403     200     200     200     403     200
            DELETE /api/v1/session                          401     403     204     403     204     204     204     403     204
            GET /api/v1/users?prefix=k                      401     403     403     200     200     200     200     403     200
            GET /api/v1/actions                             401     403     403     200     200     200     200     403     200
            GET /                                           200     200     200     200     200     200     200     200     200
            GET /console/{file}                             200     200     200     200     200     200     200     200     200
            """;

    private static final Set<String> ASKED_FOR_BY_A_BODY =
            Set.of("POST " + EXPORTS, "POST " + EXPORTS + "/preview", "POST /_api/v3/audit-log-bulk-export");

    private static IdentityProvider provider;
    private static Replica replica;

    private final ApiServer api;
    private final FakeWorker worker;

    AccessMatrixTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @BeforeAll
    static void start(ApiServer api) {
        provider = IdentityProvider.start();
        replica = Replica.of(api, provider.settings("--baler.api.admin=true"));
    }

    @AfterAll
    static void stop() {
        replica.close();
        provider.close();
    }

    @Test
    void everybodyMayDoWhatTheTableSaysAndNothingElse() {
        var callers = callers();
        var actual = new ArrayList<List<String>>();
        actual.add(List.copyOf(callers.keySet()));
        rows().forEach((call, subject) -> {
            var row = new ArrayList<>(List.of(call.split(" ")));
            callers.values().forEach(token -> row.add(cell(call, subject.get(), token)));
            actual.add(row);
        });

        System.out.println(table(actual));
        assertThat(table(actual)).isEqualTo(table(cells(EXPECTED)));
    }

    @Test
    void theTableLeavesOutNothingThatIsMapped() {
        var mapped = api.context().getBeansOfType(RequestMappingHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .filter(mapping -> !mapping.getPatternValues().contains("/error"))
                .flatMap(AccessMatrixTest::calls)
                // the tests' own
                .filter(call -> !call.contains(" /test/"));

        assertThat(mapped)
                .containsExactlyInAnyOrderElementsOf(rows().keySet().stream()
                        .map(call -> call.replaceAll("\\?.*", ""))
                        .collect(Collectors.toSet()));
    }

    private static Stream<String> calls(RequestMappingInfo mapping) {
        return mapping.getMethodsCondition().getMethods().stream()
                .flatMap(method -> mapping.getPatternValues().stream().map(pattern -> method + " " + pattern));
    }

    /** By name, with their tokens; the empty one is none. */
    private static Map<String, String> callers() {
        var callers = new LinkedHashMap<String, String>();
        callers.put("none", "");
        callers.put("nothing", provider.token(OWNER));
        callers.put("read", provider.token(OWNER, READ));
        callers.put("write", provider.token(OWNER, WRITE));
        callers.put("both", provider.token(OWNER, READ, WRITE));
        callers.put("other", provider.token("other", READ, WRITE));
        var role = List.of("exports:admin");
        callers.put("admin", provider.token(provider.claims("root", READ, WRITE).claim("roles", role)));
        callers.put("role", provider.token(provider.claims("root").claim("roles", role)));
        callers.put("static", ApiServer.TOKEN);
        return callers;
    }

    /** Each call with what it is about: an export in the state in which the call succeeds. */
    private Map<String, Supplier<Subject>> rows() {
        var rows = new LinkedHashMap<String, Supplier<Subject>>();
        rows.put("GET " + EXPORTS, this::waiting);
        rows.put("GET " + EXPORTS + "?requestedBy=" + OWNER, this::waiting);
        rows.put("GET " + EXPORTS + "?requestedBy=*", this::waiting);
        rows.put("GET " + EXPORTS + "/{id}", this::waiting);
        rows.put("GET " + EXPORTS + "/{id}/events", this::cancelled);
        rows.put("GET " + EXPORTS + "/{id}/archive", this::completed);
        rows.put("GET " + EXPORTS + "/{id}/manifest", this::completed);
        rows.put("GET " + EXPORTS + "/{id}/manifest.sig", this::completed);
        rows.put("POST " + EXPORTS, this::waiting);
        rows.put("POST " + EXPORTS + "/preview", this::waiting);
        rows.put("POST /_api/v3/audit-log-bulk-export", this::waiting);
        rows.put("POST " + EXPORTS + "/{id}/restart", this::waiting);
        rows.put("POST " + EXPORTS + "/{id}/cancel", this::waiting);
        rows.put("POST " + EXPORTS + "/{id}/resume", this::failed);
        rows.put("DELETE " + EXPORTS + "/{id}", this::cancelled);
        rows.put("GET /v3/api-docs", this::waiting);
        rows.put("GET /v3/api-docs.yaml", this::waiting);
        rows.put("GET /api/v1/keys", this::waiting);
        rows.put("GET /api/v1/notifications", this::told);
        rows.put("PUT /api/v1/notifications/{id}/seen", this::told);
        rows.put("PUT /api/v1/notifications/seen?upTo={id}", this::told);
        rows.put("POST /api/v1/session", this::waiting);
        rows.put("GET /api/v1/session", this::waiting);
        rows.put("DELETE /api/v1/session", this::waiting);
        rows.put("GET /api/v1/users?prefix=k", this::waiting);
        rows.put("GET /api/v1/actions", this::waiting);
        rows.put("GET /", this::waiting);
        rows.put("GET /console/{file}", this::waiting);
        return rows;
    }

    /** @param id what the call names */
    private record Subject(ExportJob job, String id) {
        static Subject of(ExportJob job) {
            return new Subject(job, job.id());
        }
    }

    private Subject waiting() {
        var request = replica.call(EXPORTS, provider.token(OWNER, WRITE))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(api.newRequest()));
        var id = api.send(request).is(202).body().path("id").stringValue();
        return Subject.of(api.jobs().find(id).orElseThrow());
    }

    private Subject cancelled() {
        var id = waiting().id();
        api.jobs().cancel(id);
        return Subject.of(api.jobs().find(id).orElseThrow());
    }

    private Subject completed() {
        var manifest = "{\"a\":\"manifest\"}".getBytes(StandardCharsets.UTF_8);
        return Subject.of(worker.completeWithManifest(
                waiting().id(), manifest, Instant.now().plus(Duration.ofDays(1))));
    }

    private Subject failed() {
        return Subject.of(worker.fail(waiting().id()));
    }

    private Subject told() {
        var job = failed().job();
        api.bean(ExportEvents.class).finished(job);
        var stored = api.bean(MongoClient.class).getDatabase("baler").getCollection("exportNotifications");
        var notification = await().atMost(Duration.ofSeconds(30))
                .until(() -> stored.find(new Document("jobId", job.id())).first(), Objects::nonNull);
        return new Subject(job, notification.getString("_id"));
    }

    private String cell(String call, Subject subject, String token) {
        var method = call.substring(0, call.indexOf(' '));
        var path = call.substring(method.length() + 1)
                .replace("{id}", subject.id())
                .replace("{file}", "app.js");
        var request = token.isEmpty() ? HttpRequest.newBuilder(replica.uri(path)) : replica.call(path, token);
        var body = ASKED_FOR_BY_A_BODY.contains(call) ? api.newRequest() : "";
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        var answer = api.send(request.method(method, BodyPublishers.ofString(body)));
        if (answer.status() >= 400) {
            assertRefused(answer, subject, scopeOf(call));
        }
        return answer.status() + (answer.text().contains(subject.job().id()) && answer.status() < 400 ? "+" : "");
    }

    private static String scopeOf(String call) {
        if (call.contains("/session")) {
            return READ;
        }
        return call.startsWith("GET ") && !call.contains("/users") && !call.contains("/actions") ? READ : WRITE;
    }

    /** In the same form each, and nothing of the export has changed or is told. */
    private void assertRefused(Answer answer, Subject subject, String scope) {
        var challenge = answer.header("www-authenticate");
        switch (answer.status()) {
            case 401 -> {
                answer.isProblem(401, "unauthorized");
                assertThat(challenge).isEqualTo("Bearer realm=\"baler\"");
            }
            case 403 -> {
                answer.isProblem(403, "forbidden");
                assertThat(challenge)
                        .isEqualTo("Bearer realm=\"baler\", error=\"insufficient_scope\", scope=\"" + scope + "\"");
            }
            default -> answer.isProblem(404, "not-found");
        }
        var now = api.jobs().find(subject.job().id()).orElseThrow();
        assertThat(now.status()).isEqualTo(subject.job().status());
        assertThat(now.epoch()).isEqualTo(subject.job().epoch());
    }

    private static List<List<String>> cells(String table) {
        return table.lines()
                .map(line -> Arrays.asList(line.strip().split(" +")))
                .toList();
    }

    private static String table(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.size() == rows.get(0).size()
                        ? " ".repeat(48) + columns(row)
                        : "%-48s".formatted(row.get(0) + " " + row.get(1)) + columns(row.subList(2, row.size())))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static String columns(List<String> cells) {
        return cells.stream()
                .map("%-8s"::formatted)
                .collect(Collectors.joining())
                .stripTrailing();
    }
}
