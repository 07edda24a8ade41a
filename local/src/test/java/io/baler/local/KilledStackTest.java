package io.baler.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.IndexOptions;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A stack in a process of its own, killed in the middle of writing. */
@Timeout(60)
class KilledStackTest {

    private static final int WRITES = 100;

    @TempDir
    Path directory;

    @Test
    void whatItAcknowledgedIsThere() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> acknowledged;
        try (BufferedReader output = other.inputReader()) {
            acknowledged = linesUpTo("thing " + WRITES, output);

            assertThatThrownBy(() -> LocalStack.start(LocalStackSettings.in(directory)))
                    .isInstanceOf(LocalStackFailed.class)
                    .hasMessage("data directory " + directory.toRealPath()
                            + " is in use by another process; stop that one or choose another directory");

            // by its handle: Process.destroyForcibly() would throw away what we have not read yet
            other.toHandle().destroyForcibly();
            output.lines().forEach(acknowledged::add);
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }

        long things =
                acknowledged.stream().filter(line -> line.startsWith("thing ")).count();
        long records =
                acknowledged.stream().filter(line -> line.startsWith("record ")).count();
        try (var stack = LocalStack.start(LocalStackSettings.in(directory));
                var mongodb = Clients.mongodb(stack.mongodb());
                var s3 = Clients.s3(stack.s3())) {
            var collection = mongodb.getDatabase("baler").getCollection("things");
            assertThat(things).isGreaterThanOrEqualTo(WRITES);
            assertThat(collection.find().map(one -> one.getInteger("_id")))
                    .containsAll(IntStream.rangeClosed(1, (int) things).boxed().toList());
            assertThat(collection.find(new Document("_id", 1)).first().getInteger("changes"))
                    .isGreaterThanOrEqualTo((int) things);
            assertThat(Clients.values(stack.kafka(), "topic")).hasSizeGreaterThanOrEqualTo((int) records);
            assertThat(s3.getObjectAsBytes(r -> r.bucket("bucket").key("object"))
                            .asUtf8String())
                    .isEqualTo("content");
            String[] started = acknowledged.get(0).split(" ");
            var upload = StartedUpload.resumed("bucket", "big", started[1]);
            var first = CompletedPart.builder().partNumber(1).eTag(started[2]).build();
            upload.complete(s3, first, upload.upload(s3, 2));
            assertThat(upload.download(s3)).isEqualTo(upload.content());
        }
    }

    private static List<String> linesUpTo(String last, BufferedReader output) throws Exception {
        var lines = new ArrayList<String>();
        while (!lines.contains(last)) {
            String line = output.readLine();
            assertThat(line).as("the other process ended after %s", lines).isNotNull();
            lines.add(line);
        }
        return lines;
    }

    /** Writes until it is killed, and prints each write when it is acknowledged. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            var stack = LocalStack.start(LocalStackSettings.in(Path.of(arguments[0])));
            stack.s3().createBucket("bucket");
            try (var s3 = Clients.s3(stack.s3())) {
                s3.putObject(r -> r.bucket("bucket").key("object"), RequestBody.fromString("content"));
                var upload = StartedUpload.of(s3, "bucket", "big");
                System.out.println(
                        "upload " + upload.id() + " " + upload.upload(s3, 1).eTag());
            }
            Clients.createTopic(stack.kafka(), "topic");
            try (var producer = Clients.producer(stack.kafka());
                    var mongodb = Clients.mongodb(stack.mongodb())) {
                var things = mongodb.getDatabase("baler").getCollection("things");
                things.createIndex(new Document("key", 1), new IndexOptions().unique(true));
                for (int n = 1; ; n++) {
                    things.insertOne(new Document("_id", n).append("key", "key " + n));
                    things.updateOne(new Document("_id", 1), new Document("$inc", new Document("changes", 1)));
                    System.out.println("thing " + n);
                    producer.send(new ProducerRecord<>("topic", "record " + n)).get();
                    System.out.println("record " + n);
                }
            }
        }
    }
}
