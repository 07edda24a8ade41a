package io.baler.worker;

import static io.baler.job.JobStatus.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.request.JobIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A worker beside services of other versions: it finishes what earlier ones have begun, and leaves newer ones' jobs alone. */
class OtherVersionsTest {
    private static final Path STORED = Path.of("../job/src/test/resources/jobs-of-version-1");
    private static Installation baler;

    @BeforeAll
    static void start() {
        baler = new Installation();
        baler.startWorker("--baler.worker.poll=200ms");
    }

    @AfterAll
    static void stop() {
        baler.close();
    }

    @AfterEach
    void clear() {
        baler.clear();
    }

    @Test
    void aJobThatAnEarlierVersionHasWrittenIsExported() throws IOException {
        var waiting = stored();
        var user = waiting.get("selection", Document.class)
                .getList("users", ObjectId.class)
                .get(0);
        // an _id from before the job, which its bounds are no older than
        baler.database()
                .getCollection("activities")
                .insertOne(new Document("_id", new ObjectId(new Date(0)))
                        .append("user", user)
                        .append("action", "LOGIN")
                        .append("createdAt", new Date(1_700_000_000_000L)));

        insert(waiting);

        var job = baler.awaitEnd(waiting.getString("_id"));
        assertThat(job.status()).isEqualTo(COMPLETED);
        assertThat(job.checkpoint().totalExportedCount()).isOne();
    }

    @Test
    void aJobOfANewerVersionIsLeftToItAndHoldsUpNothingBehindIt() throws IOException {
        var newer = stored().append("schemaVersion", 2).append("engine", "in another form");
        var id = newer.getString("_id");
        insert(newer);
        var behind = JobIds.next();

        baler.ring(id);
        // to the same partition; with members that a newer producer may have added
        baler.publish(
                id,
                "{\"jobId\":\"" + behind + "\",\"requestedBy\":\"script\",\"filters\":{},\"priority\":{\"of\":[1]}}");

        assertThat(baler.awaitEnd(behind).status()).isEqualTo(COMPLETED);
        assertThat(raw(id)).isEqualTo(newer);
    }

    @Test
    void theEqualOfALiveJobOfANewerVersionIsADuplicate() throws IOException {
        var newer = stored().append("schemaVersion", 2).append("engine", "in another form");
        insert(newer);
        var equal = JobIds.next();

        // what the stored job was made of, by the same requester
        baler.database()
                .getCollection("users")
                .insertOne(new Document(
                                "_id",
                                newer.get("selection", Document.class)
                                        .getList("users", ObjectId.class)
                                        .get(0))
                        .append("username", "ann"));
        baler.publish(
                equal,
                "{\"jobId\":\"" + equal + "\",\"requestedBy\":\"auditor\",\"filters\":{\"usernames\":[\"ann\"],"
                        + "\"actions\":[\"LOGIN\"],\"dateFrom\":\"2023-01-01\",\"dateTo\":\"2023-12-31\"},"
                        + "\"format\":\"csv\"}");

        var letter = baler.awaitDeadLetter(equal);
        assertThat(new String(letter.headers().lastHeader("baler-code").value(), StandardCharsets.UTF_8))
                .isEqualTo("duplicate");
        assertThat(raw(newer.getString("_id"))).isEqualTo(newer);
    }

    private static Document stored() throws IOException {
        return Document.parse(Files.readString(STORED.resolve("queued.json")));
    }

    private static void insert(Document job) {
        baler.database().getCollection("exportJobs").insertOne(job);
    }

    private static Document raw(String id) {
        return baler.database()
                .getCollection("exportJobs")
                .find(new Document("_id", id))
                .first();
    }
}
