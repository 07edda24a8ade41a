package io.baler.standalone.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import io.baler.local.MongoServer;
import io.baler.standalone.Commands;
import io.baler.standalone.terminal.RecordedTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code import}, against a MongoDB-wire server in memory. */
class ImportTest {

    private static MongoServer server;
    private static MongoClient client;

    private final MongoCollection<BsonDocument> activities =
            client.getDatabase(MongoServer.DATABASE).getCollection("activities", BsonDocument.class);

    @TempDir
    private Path directory;

    @BeforeAll
    static void startMongodb() {
        server = MongoServer.inMemory(0);
        client = MongoClients.create(server.connectionString());
    }

    @AfterAll
    static void stopMongodb() {
        client.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        activities.drop();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private Commands.Result importing(String... arguments) {
        return importingFrom("", arguments);
    }

    private Commands.Result importingFrom(String input, String... arguments) {
        var all = new ArrayList<>(List.of("import", "--mongodb", server.connectionString()));
        all.addAll(List.of(arguments));
        return Commands.run(new RecordedTerminal(input, Map.of()), all.toArray(String[]::new));
    }

    private List<BsonDocument> stored() {
        return activities.find().sort(new BsonDocument("_id", new BsonInt32(1))).into(new ArrayList<>());
    }

    private List<Integer> numbersStored() {
        return stored().stream()
                .map(document -> document.getInt32("n").getValue())
                .toList();
    }

    private static String numbered(int count) {
        return IntStream.range(0, count).mapToObj(n -> "{\"n\":" + n + "}").collect(Collectors.joining("\n"));
    }

    @Test
    void linesAreStoredInTheirOrderWithIdsThatAscend() throws IOException {
        var result = importing(file("logs.ndjson", numbered(2_500) + "\n"));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("loaded 2,500 documents into baler.activities in ");
        assertThat(numbersStored()).isEqualTo(IntStream.range(0, 2_500).boxed().toList());
        assertThat(stored().get(0).keySet()).containsExactly("_id", "n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[{\"n\":0},{\"n\":1}]", "\uFEFF \n\n [\n{\"n\":\n0},\n\n{\"n\":1}\n]\n", "[ ]", "", "\n \r\n"})
    void arraysAndEmptyInputsAreRead(String content) throws IOException {
        var result = importing(file("logs.json", content));

        assertThat(result.exitCode()).isZero();
        assertThat(numbersStored())
                .isEqualTo(content.contains("n") && content.contains("{") ? List.of(0, 1) : List.of());
    }

    @Test
    void severalFilesFollowEachOther() throws IOException {
        var result = importing(file("b.ndjson", numbered(2)), file("a.json", "[{\"n\":2},{\"n\":3}]"));

        assertThat(result.exitCode()).isZero();
        assertThat(numbersStored()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void compressedFilesAreRead() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(numbered(1_000).getBytes(StandardCharsets.UTF_8));
        }
        var file = Files.write(directory.resolve("logs.ndjson.gz"), zipped.toByteArray());

        assertThat(importing(file.toString()).exitCode()).isZero();

        assertThat(numbersStored()).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void standardInputIsRead(boolean strict) {
        var result = strict ? importingFrom(numbered(3), "-", "--strict") : importingFrom(numbered(3), "-");

        assertThat(result.exitCode()).isZero();
        assertThat(numbersStored()).containsExactly(0, 1, 2);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aPipeIsReadOnceThoughStrictlyItIsGoneThroughTwice() throws Exception {
        var pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var writer = CompletableFuture.runAsync(() -> {
            try {
                Files.writeString(pipe, numbered(3), StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(importing(pipe.toString(), "--strict").exitCode()).isZero();

        writer.join();
        assertThat(numbersStored()).containsExactly(0, 1, 2);
    }

    @Test
    void idsThatComeAlongStay() throws IOException {
        importing(file("export.json", """
                {"_id":{"$oid":"6592a1b0c0ffee0000000001"},"createdAt":{"$date":{"$numberLong":"1672567200000"}},"n":{"$numberInt":"1"}}
                {"_id":{"$oid":"6592a1b0c0ffee0000000002"},"createdAt":{"$date":"2023-01-01T10:00:00Z"},"n":2}
                {"_id":"text","createdAt":"2023-01-01T12:00:00+02:00","n":3}
                """));

        var date = new BsonDateTime(1672567200000L);
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        new BsonDocument("_id", new BsonObjectId(new ObjectId("6592a1b0c0ffee0000000001")))
                                .append("createdAt", date)
                                .append("n", new BsonInt32(1)),
                        new BsonDocument("_id", new BsonObjectId(new ObjectId("6592a1b0c0ffee0000000002")))
                                .append("createdAt", date)
                                .append("n", new BsonInt32(2)),
                        new BsonDocument("_id", new BsonString("text"))
                                .append("createdAt", date)
                                .append("n", new BsonInt32(3)));
    }

    @Test
    void theTimeFieldMayLieDeeperAndOthersStayText() throws IOException {
        var result = importing(
                file(
                        "logs.ndjson",
                        "{\"at\":{\"time\":\"2023-01-01T10:00:00Z\"},\"createdAt\":\"2023-01-01T10:00:00Z\"}"),
                "--time-field",
                "at.time");

        var document = stored().get(0);
        assertThat(document.getDocument("at").get("time")).isEqualTo(new BsonDateTime(1672567200000L));
        assertThat(document.get("createdAt")).isEqualTo(new BsonString("2023-01-01T10:00:00Z"));
        assertThat(result.err()).isEmpty();
    }

    @Test
    void recordsWithoutADateAreLoadedAndTold() throws IOException {
        var result =
                importing(file("logs.ndjson", "{\"n\":0}\n{\"n\":1,\"createdAt\":null}\n{\"n\":2,\"createdAt\":5}"));

        assertThat(result.exitCode()).isZero();
        assertThat(numbersStored()).containsExactly(0, 1, 2);
        assertThat(result.err()).contains("3 of the records have no date at createdAt");
    }

    @Test
    void badLinesAreNamedAndTheOthersLoaded() throws IOException {
        var file = file("logs.ndjson", """
                {"n":0}
                {"n":1,}

                [1]
                {"n":2} {"n":3}
                "text"
                {"n":4,"createdAt":"soon"}
                {"n":5,"\\u0000":1}
                {"n":6""");

        var result = importing(file);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(numbersStored()).containsExactly(0);
        assertThat(result.errLines().stream().filter(line -> line.startsWith(file)))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(file + ":2: "),
                        line -> assertThat(line).isEqualTo(file + ":4: not a JSON object"),
                        line -> assertThat(line).isEqualTo(file + ":5: more than one value in the line"),
                        line -> assertThat(line).isEqualTo(file + ":6: not a JSON object"),
                        line -> assertThat(line).isEqualTo(file + ":7: createdAt: \"soon\" is no ISO 8601 date"),
                        line -> assertThat(line).startsWith(file + ":8: "),
                        line -> assertThat(line).startsWith(file + ":9: "));
        assertThat(result.err()).contains("baler: 7 bad records were not loaded");
        assertThat(result.out()).startsWith("loaded 1 documents");
    }

    @Test
    void bytesThatAreNoUtf8AreABadLine() throws IOException {
        var file = Files.write(
                directory.resolve("logs.ndjson"), "{\"n\":\"ä\"}\n{\"n\":1}".getBytes(StandardCharsets.ISO_8859_1));

        var result = importing(file.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errLines()).first().asString().startsWith(file + ":1: ");
        assertThat(numbersStored()).containsExactly(1);
    }

    @Test
    void badElementsOfAnArrayArePassedAndBrokenSyntaxEndsIt() throws IOException {
        var file = file("logs.json", """
                [{"n":0},
                 7,
                 {"deep":[{"$oid":"x"},{"n":[1]}],"n":8},
                 {"n":1},
                 {"n":2 oops},
                 {"n":3}]
                """);

        var result = importing(file);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(numbersStored()).containsExactly(0, 1);
        assertThat(result.errLines().stream().filter(line -> line.startsWith(file)))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(file + ":2: not a JSON object"),
                        line -> assertThat(line).startsWith(file + ":3: \"$oid\" is not followed"),
                        line -> assertThat(line)
                                .startsWith(file + ":5: ")
                                .endsWith("(nothing from here on could be read)"));
    }

    @Test
    void anArrayThatEndsTooEarlyIsTold() throws IOException {
        var result = importing(file("logs.json", "[{\"n\":0},\n{\"n\":1}"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(numbersStored()).containsExactly(0, 1);
    }

    @Test
    void documentsWhoseIdIsTakenAreNamedAndTheOthersLoaded() throws IOException {
        importing(file("first.ndjson", "{\"_id\":1,\"n\":1}"));

        var file = file(
                "second.ndjson", "{\"_id\":0,\"n\":0}\n{\"_id\":1,\"n\":9}\n{\"_id\":2,\"n\":2}\n{\"_id\":2,\"n\":9}");
        var result = importing(file);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(numbersStored()).containsExactly(0, 1, 2);
        assertThat(result.errLines().stream().filter(line -> line.contains("E11000")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(file + ":2: "),
                        line -> assertThat(line).startsWith(file + ":4: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"n\":1}\n{\"n\":", "{\"_id\":7}\n{\"_id\":7}", "{\"_id\":\"there\"}", "[{\"n\":1},2]"})
    void strictlyOneBadRecordKeepsAllOut(String content) throws IOException {
        activities.insertOne(new BsonDocument("_id", new BsonString("there")));

        var result = importing(file("logs", content), "--strict");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).startsWith("loaded 0 documents");
        assertThat(stored()).containsExactly(new BsonDocument("_id", new BsonString("there")));
    }

    @Test
    void strictlyWhatIsThereIsDroppedOnlyForInputThatIsGood() throws IOException {
        activities.insertOne(new BsonDocument("_id", new BsonInt32(1)).append("n", new BsonInt32(1)));

        assertThat(importing(file("bad", "{\"_id\":1,\"n\":2}\n{"), "--strict", "--drop")
                        .exitCode())
                .isEqualTo(1);
        assertThat(numbersStored()).containsExactly(1);

        assertThat(importing(file("good", "{\"_id\":1,\"n\":2}"), "--strict", "--drop")
                        .exitCode())
                .isZero();
        assertThat(numbersStored()).containsExactly(2);
    }

    @Test
    void dropAndCollectionDoWhatTheySay() throws IOException {
        var others = client.getDatabase(MongoServer.DATABASE).getCollection("others", BsonDocument.class);
        activities.insertOne(new BsonDocument());
        others.insertOne(new BsonDocument());

        importing(file("logs.ndjson", numbered(2)), "--drop", "--collection", "others");

        assertThat(activities.countDocuments()).isEqualTo(1);
        assertThat(others.countDocuments()).isEqualTo(2);
    }

    @Test
    void aFileThatIsMissingIsToldBeforeAnythingHappens() {
        activities.insertOne(new BsonDocument("n", new BsonInt32(1)));

        var result = importing("missing.ndjson", "--drop");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("baler: missing.ndjson cannot be read: no such file\n");
        assertThat(numbersStored()).containsExactly(1);
    }

    @Test
    void onlyTheFirstHundredBadLinesAreNamed() throws IOException {
        var result = importing(file("logs.ndjson", "x\n".repeat(5_000)));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errLines()).hasSizeLessThan(110);
        assertThat(result.err()).contains("5,000 bad records were not loaded");
    }

    @Test
    void strictlyWhatMongodbRefusesAfterAllIsTakenOutAgain() throws IOException {
        activities.insertOne(new BsonDocument("_id", new BsonInt32(-1)).append("n", new BsonInt32(1_500)));
        activities.createIndex(new BsonDocument("n", new BsonInt32(1)), new IndexOptions().unique(true));

        var result = importing(file("logs.ndjson", numbered(2_000)), "--strict");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).startsWith("loaded 0 documents");
        assertThat(numbersStored()).containsExactly(1_500);
    }

    @Test
    void whereMongodbIsNotIsToldWithinSecondsAndWithoutThePassword() {
        var result = Commands.run(
                "import", "-", "--mongodb", "mongodb://me:secret@127.0.0.1:1/logs?serverSelectionTimeoutMS=50");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errLines())
                .singleElement()
                .asString()
                .contains("127.0.0.1:1")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mongodb://127.0.0.1:1", "http://me:secret@127.0.0.1/logs"})
    void aConnectionStringThatCannotDoIsTold(String uri) {
        var result = Commands.run("import", "-", "--mongodb", uri);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errLines())
                .singleElement()
                .asString()
                .contains("connection string")
                .doesNotContain("secret");
    }
}
