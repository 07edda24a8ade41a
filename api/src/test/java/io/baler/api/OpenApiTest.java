package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.baler.job.ArchiveFormat;
import io.baler.job.events.ExportEvents;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The api is what its document says, and the document says all that the api is. */
@ExtendWith(OnApiServer.class)
class OpenApiTest {
    private static final String DOCUMENT = "/v3/api-docs";
    private static final String NOTIFICATIONS = "/api/v1/notifications";
    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));

    private final ApiServer api;
    private final FakeWorker worker;
    private JsonNode document;
    private Contract contract;

    OpenApiTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @BeforeEach
    void read() {
        document = api.get(DOCUMENT).is(200).body();
        contract = new Contract(document);
    }

    @Test
    void itIsOpenApi31AndAsksForABearerToken() {
        assertThat(document.path("openapi").stringValue()).startsWith("3.1");
        assertThat(document.at("/components/securitySchemes/bearer/scheme").stringValue())
                .isEqualTo("bearer");
        assertThat(document.at("/security/0/bearer").isArray()).isTrue();
        assertThat(document.at("/servers/0/url").stringValue()).isEqualTo("/");
        api.send(api.anonymousCall(DOCUMENT)).isProblem(401, "unauthorized");
    }

    @Test
    void everythingThatIsMappedIsInItAndNothingElse() {
        var mapped = api
                .context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(OpenApiTest::calls)
                // the document itself, where errors end up, and what the tests have brought
                .filter(call -> !call.contains(" /v3/") && !call.contains(" /error") && !call.contains(" /test/"))
                // pages and not calls
                .filter(call -> !call.equals("GET /") && !call.contains(" /console/"))
                .collect(toCollection(TreeSet::new));

        assertThat(contract.calls()).containsExactlyElementsOf(mapped);
    }

    private static Stream<String> calls(RequestMappingInfo mapping) {
        var methods = mapping.getMethodsCondition().getMethods();
        return mapping.getPatternValues().stream()
                .flatMap(path -> methods.isEmpty()
                        ? Stream.of("ANY " + path)
                        : methods.stream().map(method -> method.name() + " " + path));
    }

    @Test
    void everyCallSaysWhatItIsForAndHowItMayEnd() {
        var names = new ArrayList<String>();
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, call) -> {
                    var what = method + " " + path;
                    names.add(call.path("operationId").stringValue());
                    assertThat(call.path("summary").stringValue("")).as(what).isNotBlank();
                    assertThat(call.path("responses").propertyNames()).as(what).contains("400", "401", "500", "503");
                    assertThat(call.path("responses").propertyNames())
                            .as(what)
                            .anyMatch(status -> status.startsWith("2"));
                    call.path("responses").forEachEntry((status, answer) -> {
                        assertThat(answer.path("description").stringValue(""))
                                .as(what)
                                .isNotBlank();
                        // the predecessor's has its own form, but for what security says
                        if (status.compareTo("400") >= 0 && (!path.startsWith("/_api/") || status.equals("401"))) {
                            assertThat(answer.at("/content/application~1problem+json/schema/$ref")
                                            .stringValue(""))
                                    .as(what + " " + status)
                                    .isEqualTo("#/components/schemas/Problem");
                        }
                    });
                    assertThat(call.path("parameters")
                                    .valueStream()
                                    .map(p -> p.path("name").stringValue()))
                            .as(what)
                            .containsAll(path.contains("{id}") ? List.of("id") : List.of());
                }));
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void anAnswerOfAnotherFormWouldBeNoticed() {
        var answer = api.get(EXPORTS + "/" + api.requested()).is(200);
        contract.keeps(answer.response(), answer.text());

        for (var other : List.of(
                answer.text().replace("\"asOf\"", "\"asof\""),
                answer.text().replaceFirst("\"createdAt\":\"[^\"]*\"", "\"createdAt\":7"),
                answer.text().replace("\"queued\"", "\"queueing\""),
                answer.text().replace("\"exported\":0", "\"exported\":\"0\""))) {
            assertThatThrownBy(() -> contract.keeps(answer.response(), other))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("/exports/{id} 200");
        }
    }

    @Test
    void formatsAreNamed() {
        var formats = document.at("/components/schemas/ExportRequest/properties/format/enum");

        assertThat(formats.valueStream().map(JsonNode::stringValue))
                .containsExactlyElementsOf(Stream.of(ArchiveFormat.values())
                        .map(ArchiveFormat::value)
                        .toList());
    }

    @Test
    void itsExamplesAreTaken() {
        var examples = document.at("/paths/~1api~1v1~1exports/post/requestBody/content/application~1json/examples");

        assertThat(examples.size()).isPositive();
        examples.forEach(example -> {
            var text = example.path("value").toString().replace("\"ann\"", "\"known\"");
            var answer = contract.keeps(api.post(EXPORTS, text));
            assertThat(answer.status()).isIn(202, 409);
            if (answer.status() == 202) {
                api.post(EXPORTS + "/" + answer.body().path("id").stringValue() + "/cancel")
                        .is(202);
            }
        });
    }

    @Test
    void whatIsAnsweredIsWhatIsDescribed() {
        var queued = contract.keeps(api.post(EXPORTS, api.newRequest())).is(202).body();
        var running = queued.path("id").stringValue();
        var done = worker.completeWithManifest(api.requested(), "{\"a\":1}".getBytes(StandardCharsets.UTF_8), TOMORROW)
                .id();
        var expired = worker.complete(
                        api.requested(), new byte[1], Instant.now().minusSeconds(1))
                .id();
        var empty = worker.completeWithoutMatch(api.requested()).id();
        var old = worker.completeWithoutManifest(api.requested(), new byte[1], TOMORROW)
                .id();
        var failed = worker.fail(api.requested()).id();
        var cancelled = api.requested();

        keeps(202, api.call(EXPORTS + "/" + cancelled + "/cancel").POST(BodyPublishers.noBody()));
        keeps(409, api.call(EXPORTS + "/" + cancelled + "/cancel").POST(BodyPublishers.noBody()));
        keeps(409, api.call(EXPORTS + "/" + done + "/restart").POST(BodyPublishers.noBody()));
        keeps(409, api.call(EXPORTS + "/" + running).DELETE());
        keeps(202, api.call(EXPORTS + "/" + running + "/restart").POST(BodyPublishers.noBody()));
        for (var id : List.of(running, done, expired, empty, old, failed, cancelled)) {
            var one = EXPORTS + "/" + id;
            contract.keeps(api.get(one)).is(200);
            contract.keeps(api.get(one + "/archive"));
            contract.keeps(api.get(one + "/manifest"));
            contract.keeps(api.get(one + "/manifest.sig"));
            contract.keeps(api.send(api.call(one + "/archive").method("HEAD", BodyPublishers.noBody())));
        }
        keeps(
                304,
                api.call(EXPORTS + "/" + done)
                        .header("If-None-Match", api.get(EXPORTS + "/" + done).header("etag")));
        for (var path : List.of("/archive", "/manifest")) {
            var etag = api.get(EXPORTS + "/" + done + path).header("etag");
            keeps(304, api.call(EXPORTS + "/" + done + path).header("If-None-Match", etag));
        }
        keeps(200, api.call(EXPORTS + "/" + done + "/events"));
        keeps(202, api.call(EXPORTS + "/" + failed + "/resume").POST(BodyPublishers.noBody()));
        keeps(204, api.call(EXPORTS + "/" + done).DELETE());
        keeps(200, api.call(EXPORTS + "?limit=1"));
        keeps(200, api.call(EXPORTS));
        keeps(200, api.call("/api/v1/keys"));
        keeps(200, api.call("/api/v1/users?prefix=k"));
        keeps(200, api.call("/api/v1/actions"));
        keeps(200, api.call("/api/v1/session"));
        keeps(200, api.call("/api/v1/session").POST(BodyPublishers.noBody()));
        keeps(204, api.call("/api/v1/session").DELETE());
        api.bean(ExportEvents.class).finished(worker.fail(api.requested()));
        var told = await().until(() -> api.get(NOTIFICATIONS).body().path("notifications"), all -> !all.isEmpty());
        keeps(200, api.call(NOTIFICATIONS));
        var newest = told.path(0).path("id").stringValue();
        keeps(204, api.call(NOTIFICATIONS + "/" + newest + "/seen").PUT(BodyPublishers.noBody()));
        keeps(204, api.call(NOTIFICATIONS + "/seen?upTo=" + newest).PUT(BodyPublishers.noBody()));

        System.out.println("answers that were held against the document: " + contract.seen());
    }

    @Test
    void whatIsRefusedIsRefusedAsDescribed() {
        for (var body : List.of(
                "{",
                "[]",
                "{}",
                "{\"filters\":{\"x\":1}}",
                "{\"filters\":{\"users\":[]}}",
                "{\"filters\":{\"usernames\":[\"nobody\"]}}",
                "\"" + "x".repeat(1 << 20) + "\"")) {
            assertThat(contract.keeps(api.post(EXPORTS, body)).status()).isBetween(400, 422);
        }
        var equal = api.newRequest();
        api.post(EXPORTS, equal).is(202);
        assertThat(contract.keeps(api.post(EXPORTS, equal)).status()).isEqualTo(409);
        keeps(415, api.call(EXPORTS).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}")));
        keeps(400, api.call(EXPORTS + "?limit=none"));
        keeps(400, api.call(EXPORTS + "?unknown=1"));
        keeps(422, api.call(EXPORTS + "?createdFrom=2023-01-02&createdTo=2023-01-01"));
        keeps(400, api.call(NOTIFICATIONS + "?limit=0"));
        keeps(400, api.call(NOTIFICATIONS + "/seen").PUT(BodyPublishers.noBody()));
        for (var call : contract.calls()) {
            var method = call.substring(0, call.indexOf(' '));
            var path = call.substring(call.indexOf(' ') + 1).replace("{id}", "0123456789abcdef01234567");
            var body = BodyPublishers.ofString("{\"filters\":{}}");
            keeps(401, api.anonymousCall(path).method(method, body));
            if (path.contains("0123456789abcdef01234567")) {
                keeps(404, api.call(path).method(method, body));
            }
            var unwanted = api.send(api.call(path)
                    .header("Content-Type", "application/json")
                    .header("Accept", "image/png")
                    .method(method, body));
            contract.keeps(unwanted);
        }

        System.out.println("refusals that were held against the document: " + contract.seen());
    }

    @Test
    void whatIsStreamedIsDescribedToo() {
        var ids = Stream.of(ArchiveFormat.values())
                .map(format -> worker.complete(api.requested(format), new byte[10], TOMORROW)
                        .id())
                .toList();
        try (var replica = Replica.of(api, "--baler.api.downloads=stream")) {
            for (var id : ids) {
                keeps(200, replica.call(EXPORTS + "/" + id + "/archive"));
                keeps(206, replica.call(EXPORTS + "/" + id + "/archive").header("Range", "bytes=1-"));
                keeps(416, replica.call(EXPORTS + "/" + id + "/archive").header("Range", "bytes=10-"));
            }
        }
    }

    @Test
    void noPageWithScriptsIsThere() {
        for (var path : List.of("/swagger-ui.html", "/swagger-ui/index.html", "/webjars/swagger-ui/index.html")) {
            api.get(path).isProblem(404, "not-found");
            api.send(api.anonymousCall(path)).isProblem(401, "unauthorized");
        }
    }

    private void keeps(int status, HttpRequest.Builder call) {
        contract.keeps(status, api.send(call));
    }
}
