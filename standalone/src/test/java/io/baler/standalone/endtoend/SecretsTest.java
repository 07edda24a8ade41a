package io.baler.standalone.endtoend;

import static io.baler.standalone.endtoend.AllMessages.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * What records hold, and the secrets that the services are given, come into no log, however much Baler's own loggers
 * tell, into no message, and into no document but the logs themselves: whether an export is completed, fails over its
 * records or fails over its storage. The names of a record's fields do: a job keeps the columns of its CSV files.
 */
class SecretsTest {
    private static final String RECORD = "canary-record";

    @TempDir
    private Path directory;

    @Test
    void aWholeRunTellsNothingOfThem() throws IOException {
        Files.writeString(directory.resolve("logs.ndjson"), """
                {"action":"PAGE_VIEW","text":"canary-record-1","createdAt":{"$date":"2023-01-01T10:00:00Z"}}
                {"action":"PAGE_VIEW","more":"=canary-record-2","x":{"$numberDouble":"NaN"}}
                """);
        try (var server =
                RunningServer.start(directory, "--logging.level.io.baler=TRACE", "--baler.worker.max-attempts=2")) {
            assertThat(server.run("import", "logs.ndjson").exitCode()).isZero();
            var completed = server.run("export", "--action", "PAGE_VIEW", "--out", "all.zip");
            assertThat(completed.exitCode()).as(completed.err()).isZero();
            assertThat(ZipRecords.in(directory.resolve("all.zip")).toString()).contains(RECORD);
            insert(server, new Document("action", "PAGE_VIEW").append("createdAt", "canary-record-time"));
            var poisoned = server.run("export", "--from", "2023-01-01", "--out", "poisoned.zip");
            assertThat(poisoned.exitCode()).isEqualTo(1);
            takeTheBucketAway();
            var unstored = server.run("export", "--format", "csv", "--action", "PAGE_VIEW", "--out", "lost.zip");
            assertThat(unstored.exitCode()).isEqualTo(1);

            var told = new LinkedHashMap<String, String>();
            told.put("the log", Files.readString(directory.resolve(".baler/baler.log")));
            // whoever starts it is shown how to reach it, for there is nobody else to tell
            told.put(
                    "the terminal",
                    Files.readString(directory.resolve("serve.log"))
                            .replaceAll("(?m)^  (console|token|S3|s3) .*$", ""));
            told.put("the commands", "" + completed + poisoned + unstored);
            told.put("topics", messages(server));
            told.put("MongoDB", stored(server));
            assertThat(told.get("the log")).contains(" completed", " failed", "NoSuchBucket");
            assertThat(told.get("topics")).contains("completed", "failed");
            assertThat(told.get("MongoDB")).contains("completed", "failed");
            told.forEach((where, text) -> secrets(server)
                    .forEach((what, secret) -> assertThat(text.contains(secret))
                            .as(what + " in " + where)
                            .isFalse()));
        }
    }

    private Map<String, String> secrets(RunningServer server) {
        var secrets = new LinkedHashMap<String, String>();
        secrets.put("a record", RECORD);
        secrets.put("the token", server.connection().path("token").stringValue());
        secrets.put("the storage's key", server.connection().at("/s3/secretKey").stringValue());
        secrets.put("a link's signature", "X-Amz-Signature");
        var key = read(directory.resolve(".baler/signing-key.pem"));
        secrets.put(
                "the signing key", key.lines().skip(1).findFirst().orElseThrow().substring(22));
        return secrets;
    }

    /** One that the import would have refused. */
    private static void insert(RunningServer server, Document log) {
        try (var mongo = MongoClients.create(server.connection().path("mongodb").stringValue())) {
            mongo.getDatabase("baler").getCollection("activities").insertOne(log);
        }
    }

    /** What an operator's mistake does. */
    private void takeTheBucketAway() throws IOException {
        try (var below = Files.walk(directory.resolve(".baler"), 4)) {
            var bucket = below.filter(path -> path.endsWith("objects/baler")).findFirst();
            assertThat(FileSystemUtils.deleteRecursively(bucket.orElseThrow())).isTrue();
        }
    }

    private static String messages(RunningServer server) {
        return AllMessages.of(server).stream()
                .map(message -> message.topic() + " " + text(message.key()) + " " + text(message.value()) + " "
                        + List.of(message.headers().toArray()).stream()
                                .map(header -> header.key() + "=" + text(header.value()))
                                .toList())
                .collect(Collectors.joining("\n"));
    }

    private static String stored(RunningServer server) {
        var uri = server.connection().path("mongodb").stringValue();
        try (var mongo = MongoClients.create(uri)) {
            var database = mongo.getDatabase("baler");
            var names = database.listCollectionNames().into(new TreeSet<>());
            assertThat(names.remove("activities")).isTrue();
            return names.stream()
                    .flatMap(name -> database.getCollection(name).find().into(new ArrayList<>()).stream())
                    .map(Document::toJson)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
