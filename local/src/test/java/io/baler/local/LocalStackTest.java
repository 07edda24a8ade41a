package io.baler.local;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class LocalStackTest {

    @TempDir
    Path directory;

    @Test
    void closedAndStartedAgainItHasEverything() throws Exception {
        StartedUpload upload;
        CompletedPart first;
        String secret;
        try (var stack = LocalStack.start(LocalStackSettings.in(directory))) {
            Clients.createTopic(stack.kafka(), "topic");
            Clients.send(stack.kafka(), "topic", "record");
            insert(stack, 1);
            stack.s3().createBucket("bucket");
            try (var s3 = Clients.s3(stack.s3())) {
                s3.putObject(r -> r.bucket("bucket").key("object"), RequestBody.fromString("content"));
                upload = StartedUpload.of(s3, "bucket", "big");
                first = upload.upload(s3, 1);
            }
            secret = stack.s3().secretKey();
        }

        try (var stack = LocalStack.start(LocalStackSettings.in(directory));
                var mongodb = Clients.mongodb(stack.mongodb());
                var s3 = Clients.s3(stack.s3())) {
            Clients.send(stack.kafka(), "topic", "another");
            assertThat(Clients.values(stack.kafka(), "topic")).containsExactly("record", "another");
            assertThat(mongodb.getDatabase("baler")
                            .getCollection("things")
                            .find(eq("_id", 1))
                            .first())
                    .isNotNull();
            assertThat(stack.s3().secretKey()).isEqualTo(secret);
            assertThat(s3.getObjectAsBytes(r -> r.bucket("bucket").key("object"))
                            .asUtf8String())
                    .isEqualTo("content");
            upload.complete(s3, first, upload.upload(s3, 2));
            assertThat(upload.download(s3)).isEqualTo(upload.content());
        }
    }

    @Test
    @SuppressWarnings("try") // one is closed early, and twice
    void twoStacksRunInOneProcessAndLeaveNothingBehind() throws Exception {
        var leftBefore = temporaryDirectories();
        try (var one = LocalStack.start(LocalStackSettings.temporary());
                var other = LocalStack.start(LocalStackSettings.temporary())) {
            Clients.createTopic(one.kafka(), "only-here");
            insert(one, 1);

            assertThat(Clients.topics(one.kafka())).containsExactly("only-here");
            assertThat(Clients.topics(other.kafka())).isEmpty();
            try (var mongodb = Clients.mongodb(other.mongodb())) {
                assertThat(mongodb.getDatabase("baler").listCollectionNames()).isEmpty();
            }
            assertThat(other.s3().secretKey()).isNotEqualTo(one.s3().secretKey());

            one.close();
            one.close();
            Clients.createTopic(other.kafka(), "still-there");
        }

        assertThat(temporaryDirectories()).isEqualTo(leftBefore);
    }

    @ParameterizedTest
    @CsvSource({"MongoDB, mongodb", "Kafka, kafka", "S3, s3"})
    void aPortInUseIsNamed(String name, String server) throws Exception {
        try (var taken = new ServerSocket()) {
            taken.bind(Ports.address(0));
            int port = taken.getLocalPort();
            var settings = new LocalStackSettings(
                    directory,
                    server.equals("mongodb") ? port : 0,
                    server.equals("kafka") ? port : 0,
                    server.equals("s3") ? port : 0);

            assertThatThrownBy(() -> LocalStack.start(settings))
                    .isInstanceOf(LocalStackFailed.class)
                    .hasMessage(name + ": port " + port + " on 127.0.0.1 is in use; stop what listens there or choose"
                            + " another port (0 takes a free one)");
        }
        // nothing of the failed one is left running
        LocalStack.start(LocalStackSettings.in(directory)).close();
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> LocalStack.start(LocalStackSettings.in(file)))
                .isInstanceOf(LocalStackFailed.class)
                .hasMessage("data directory " + file + " cannot be used (it is a file); choose another directory");
        assertThatThrownBy(() -> LocalStack.start(LocalStackSettings.in(file.resolve("below"))))
                .isInstanceOf(LocalStackFailed.class)
                .hasMessageContaining(file.resolve("below").toString())
                .hasMessageEndingWith("choose another directory")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void whatServersMakeTheirDataOfIsTheOwnersAlone() throws Exception {
        Path data = directory.resolve("data");

        LocalStack.start(LocalStackSettings.in(data)).close();

        assertThat(Files.getPosixFilePermissions(data))
                .allSatisfy(right -> assertThat(right.name()).startsWith("OWNER"));
    }

    @Test
    void portsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new LocalStackSettings(null, 0, 70_000, 0))
                .hasMessage("kafkaPort: must be between 0 and 65535, got 70000");
    }

    private static void insert(LocalStack stack, int id) {
        try (var mongodb = Clients.mongodb(stack.mongodb())) {
            mongodb.getDatabase("baler").getCollection("things").insertOne(new Document("_id", id));
        }
    }

    private static List<Path> temporaryDirectories() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("local-stack-"))
                    .sorted()
                    .toList();
        }
    }
}
