package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import io.baler.job.request.JobIds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kafka as people who write producers, and people who look after it, meet it: the whole of Baler, from without. */
class KafkaInterfaceTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static RunningServer server;
    private static KafkaProducer<String, String> producer;

    @BeforeAll
    static void start() throws IOException {
        var few = "{\"action\":\"PAGE_VIEW\"}\n".repeat(2);
        var many = "{\"action\":\"BULK\"}\n".repeat(5_000);
        Files.writeString(directory.resolve("logs.ndjson"), few + many);
        server = RunningServer.start(
                directory,
                // what is large runs until it is stopped
                "--baler.worker.max-records-per-second=50",
                "--baler.job-expiration=15s",
                "--baler.cleanup.interval=1s",
                "--baler.source.actions=PAGE_VIEW,BULK,NEVER");
        assertThat(server.run("import", "logs.ndjson").exitCode()).isZero();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", server.connection().path("kafka").stringValue()),
                new StringSerializer(),
                new StringSerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        server.close();
    }

    @Test
    void everyMessageOfAWholeRunIsDescribedAndPartOfItsTrace() {
        var document = new AsyncApi();
        var traced = new TreeSet<String>();
        traced.add(requested("{\"filters\":{\"actions\":[\"PAGE_VIEW\"]}}"));
        traced.add(requested("{\"filters\":{\"actions\":[\"NEVER\"]},\"format\":\"csv\"}"));
        var overdue = requested("{\"filters\":{\"actions\":[\"BULK\"]},\"format\":\"ndjson\"}");
        traced.add(overdue);
        var stopped = requested("{\"filters\":{\"actions\":[\"BULK\"]},\"format\":\"ndjson.gz\"}");
        traced.add(stopped);
        assertThat(post("/" + stopped + "/restart", "").statusCode()).isEqualTo(202);
        assertThat(post("/" + stopped + "/cancel", "").statusCode()).isEqualTo(202);
        var refused = JobIds.next();
        traced.add(refused);
        publish(refused, "{\"jobId\":\"%s\",\"requestedBy\":\"ada\",\"filters\":{\"actions\":[\"OTHER\"]}}", TRACE);
        publish(JobIds.next(), "no request", null);

        await().atMost(Duration.ofMinutes(1)).until(() -> finished().keySet().containsAll(traced));

        assertThat(finished().values()).contains("completed", "no_results", "expired", "cancelled", "failed");
        var seen = new TreeSet<String>();
        for (var message : AllMessages.of(server)) {
            if (message.topic().endsWith("-dlt")) {
                document.describesRefusal(message);
            } else if (AllMessages.header(message, "ce_type") != null) {
                document.describes(message);
            }
            seen.add(message.topic());
            if (traced.contains(AllMessages.text(message.key()))) {
                assertThat(AllMessages.header(message, "traceparent"))
                        .as(message.topic())
                        .isEqualTo(TRACE);
            }
        }
        assertThat(seen)
                .containsExactlyElementsOf(new TreeSet<>(document.document()
                        .path("channels")
                        .valueStream()
                        .map(channel -> channel.path("address").asString())
                        .toList()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'filters':{'actions':['OTHER']}                                     | unprocessable-request
            'filters':{'usernames':['nobody','no-one']}                         | unprocessable-request
            'filters':{'usernames':[]}                                          | unprocessable-request
            'filters':{'actions':[]}                                            | unprocessable-request
            'filters':{'users':[]}                                              | unprocessable-request
            'filters':{'dateFrom':'2023-01-02','dateTo':'2023-01-01'}           | unprocessable-request
            'filters':{'actions':'BULK'}                                        | invalid-request
            'filters':{'actions':['BULK',{'$ne':''}]}                           | invalid-request
            'filters':{'actionz':['BULK']}                                      | invalid-request
            'filters':{'dateFrom':{'$gt':''}}                                   | invalid-request
            'filters':{'dateFrom':'yesterday'}                                  | invalid-request
            'filters':{'dateTo':'2023-02-30'}                                   | invalid-request
            'filters':null                                                      | invalid-request
            'filters':[]                                                        | invalid-request
            'format':'json'                                                     | invalid-request
            'filters':{},'format':'xlsx'                                        | invalid-request
            'filters':{},'format':7                                             | invalid-request
            'filters':{},'asOf':'soon'                                          | invalid-request
            'filters':{'actions':['A'],'actions':['BULK']}                      | malformed-json
            'filters':{                                                         | malformed-json
            """)
    void aRequestIsRefusedByTheTopicAsItIsByTheApi(String members, String code) {
        var text = members.replace('\'', '"');
        var id = JobIds.next();

        var answer = JSON.readTree(post("", "{" + text + "}").body());
        publish(id, "{\"jobId\":\"%s\",\"requestedBy\":\"ada\"," + text + "}", null);
        var letter = letter(id);

        assertThat(AllMessages.header(letter, "baler-code"))
                .isEqualTo(code)
                .isEqualTo(answer.path("code").asString());
        if (!code.equals("malformed-json")) {
            assertThat(AllMessages.header(letter, "baler-reason"))
                    .isEqualTo(answer.path("errors")
                            .valueStream()
                            .map(error -> error.path("field").asString() + ": "
                                    + error.path("message").asString())
                            .collect(Collectors.joining("; ")));
        }
    }

    @Test
    void whatWasRefusedIsSentAgainOnceAndDoneOnceWhatWasMissingIsThere() {
        var ids = IntStream.range(0, 3).mapToObj(n -> JobIds.next()).toList();
        var wish = "{\"jobId\":\"%s\",\"requestedBy\":\"%s\",\"filters\":{\"usernames\":[\"latecomer\"]}}";
        ids.forEach(id -> publish(id, wish.formatted("%s", id), TRACE));
        var hopeless = JobIds.next();
        publish(hopeless, "no request", null);
        ids.forEach(KafkaInterfaceTest::letter);
        letter(hopeless);
        var listed = server.run("requeue-dead-letters", "--dry-run");
        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out()).contains(ids).contains("unknown user 'latecomer'", hopeless, "(stays)", "would send");
        insertUser("latecomer");

        var sent = server.run("requeue-dead-letters");

        assertThat(sent.out()).contains(ids).doesNotContain(hopeless).contains("sent ");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(ids).allSatisfy(id -> assertThat(ends(id)).containsExactly("failed", "no_results")));
        var again = server.run("requeue-dead-letters", "--dry-run");
        assertThat(again.out()).doesNotContain(ids);
        var requests = AllMessages.of(server).stream()
                .filter(message -> message.topic().equals("baler.export.requested"))
                .filter(message -> ids.get(0).equals(AllMessages.text(message.key())))
                .toList();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).value()).isEqualTo(requests.get(0).value());
        assertThat(requests.get(1).headers()).isEqualTo(requests.get(0).headers());
    }

    @Test
    void thoseWithoutAKafkaUiSeeTheTopicsAndWhatIsSaidInThem() {
        var id = requested("{\"filters\":{\"actions\":[\"NEVER\"]}}");
        await().atMost(Duration.ofSeconds(30)).until(() -> !ends(id).isEmpty());

        var shown = server.run("topics", "--last", "1000");

        assertThat(shown.err()).isEmpty();
        assertThat(shown.out())
                .contains("baler.export.requested  ", "baler.export.requested-dlt", "WAITING", "how exports ended")
                .containsPattern("export\\.finished\\[0]@[0-9]+  " + id + "  \\{.*\"outcome\":\"no_results\"");
    }

    @Test
    void aKafkaThatIsNotThereIsSaidInOneLine() {
        var result = Cli.run(directory, "topics", "--kafka", "127.0.0.1:1");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().lines()).singleElement().asString().startsWith("baler: Kafka at 127.0.0.1:1: ");
    }

    // ---- how the tests speak

    private static String requested(String body) {
        var answer = post("", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).path("id").stringValue();
    }

    private static HttpResponse<String> post(String path, String body) {
        var connection = server.connection();
        var call = HttpRequest.newBuilder(URI.create(connection.path("url").stringValue() + "/api/v1/exports" + path))
                .header("Authorization", "Bearer " + connection.path("token").stringValue())
                .header("Content-Type", "application/json")
                .header("traceparent", TRACE)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.sendAsync(call, BodyHandlers.ofString()).join();
    }

    private static void publish(String id, String template, String trace) {
        var record = new ProducerRecord<>("baler.export.requested", id, template.replace("%s", id));
        if (trace != null) {
            record.headers().add("traceparent", trace.getBytes(StandardCharsets.UTF_8));
        }
        producer.send(record);
        producer.flush();
    }

    private static ConsumerRecord<byte[], byte[]> letter(String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> messages("baler.export.requested-dlt", id), letters -> !letters.isEmpty())
                .get(0);
    }

    private static List<String> ends(String id) {
        return messages("baler.export.finished", id).stream()
                .map(message -> value(message).path("outcome").asString())
                .toList();
    }

    private static Map<String, String> finished() {
        return AllMessages.of(server).stream()
                .filter(message -> message.topic().equals("baler.export.finished"))
                .collect(Collectors.toMap(
                        message -> AllMessages.text(message.key()),
                        message -> value(message).path("outcome").asString(),
                        (first, last) -> last));
    }

    private static List<ConsumerRecord<byte[], byte[]>> messages(String topic, String id) {
        return AllMessages.of(server).stream()
                .filter(message -> message.topic().equals(topic)
                        && AllMessages.text(message.key()).equals(id))
                .toList();
    }

    private static JsonNode value(ConsumerRecord<byte[], byte[]> message) {
        return JSON.readTree(message.value());
    }

    private static void insertUser(String name) {
        try (var mongo = MongoClients.create(server.connection().path("mongodb").stringValue())) {
            mongo.getDatabase("baler").getCollection("users").insertOne(new Document("username", name));
        }
    }
}
