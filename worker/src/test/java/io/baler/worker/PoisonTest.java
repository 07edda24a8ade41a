package io.baler.worker;

import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.local.Cable;
import io.baler.worker.guarantee.EveryRecordOnce;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An export that can never succeed ends as failed, says why, and keeps no other from its turn. */
class PoisonTest {
    private static final int MOST_ATTEMPTS = 2;
    private static final ObjectId DAMAGED = new ObjectId("64b0000000000000000000d1");

    private static Installation baler;
    private static final ObjectId WITHOUT_ID = new ObjectId("64b0000000000000000000d2");
    private static final byte[] NO_TYPE = element(0x20, "poison");

    private static TamperedLine tampered;
    private static TamperedLine tamperedAgain;
    private static Cable source;
    private static List<String> sound;

    @BeforeAll
    static void start() {
        baler = new Installation();
        // an element of type int32 arrives as one of a type that BSON does not have
        tampered = TamperedLine.to(baler.stack().mongodb().port(), element(0x10, "poison"), NO_TYPE);
        // and one that has lost the name of its _id
        tamperedAgain = TamperedLine.to(tampered.port(), idOf(WITHOUT_ID, "_id"), idOf(WITHOUT_ID, "_ix"));
        source = Cable.to(tamperedAgain.port());
        var logs = baler.database().getCollection("activities");
        logs.insertMany(Activities.logs());
        sound = logs.find()
                .sort(new Document("_id", 1))
                .map(log -> log.getObjectId("_id").toHexString())
                .into(new java.util.ArrayList<>());
        logs.insertOne(new Document("_id", DAMAGED).append("action", "DAMAGED").append("poison", 7));
        logs.insertOne(new Document("_id", WITHOUT_ID).append("action", "WITHOUT_ID"));
        baler.startWorker(
                "--baler.source.uri=mongodb://127.0.0.1:" + source.port() + "/baler?serverSelectionTimeoutMS=500",
                "--baler.worker.slots=1",
                "--baler.worker.max-attempts=" + MOST_ATTEMPTS,
                "--baler.worker.lease=2s",
                "--baler.worker.poll=200ms");
    }

    private static byte[] element(int type, String name) {
        return ((char) type + name + "\0").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] idOf(ObjectId id, String name) {
        var element = element(0x07, name);
        var whole = Arrays.copyOf(element, element.length + 12);
        System.arraycopy(id.toByteArray(), 0, whole, element.length, 12);
        return whole;
    }

    @AfterAll
    static void stop() {
        source.close();
        tamperedAgain.close();
        tampered.close();
        baler.close();
    }

    @AfterEach
    void forgetJobs() {
        source.mend();
        baler.forgetJobs();
    }

    @Test
    void aRecordThatJsonCannotSayIsInTheArchiveWithAllItsBytesAndNamedInTheManifest() {
        var export = baler.export("{'filters':{'actions':['DAMAGED','PAGE_CREATE']}}");

        assertThat(export.status()).isEqualTo(COMPLETED);
        var archive = baler.archiveOf(export);
        assertThat(archive.ids()).hasSize(2).first().isEqualTo(DAMAGED.toHexString());
        var damaged =
                Base64.getDecoder().decode(archive.records().get(0).get("$bson").asString());
        assertThat(new String(damaged, StandardCharsets.ISO_8859_1))
                .contains("DAMAGED", new String(NO_TYPE, StandardCharsets.ISO_8859_1));
        assertThat(archive.manifest().get("invalidRecords").intValue()).isOne();
        assertThat(archive.manifest().at("/files/0/invalidRecords/ids/0").asString())
                .isEqualTo(DAMAGED.toHexString());
    }

    @Test
    void aRecordWithoutAPlaceInTheOrderFailsItsExportAndTheNextExportHasItsTurn() {
        var poisoned = baler.request("{'filters':{}}");
        var next = baler.request("{'filters':{'actions':['PAGE_CREATE','PAGE_UPDATE','PAGE_DELETE','PAGE_VIEW']}}");

        var failed = baler.awaitEnd(poisoned);
        assertThat(failed.status()).isEqualTo(FAILED);
        assertThat(failed.failure().code()).isEqualTo("record-without-id");
        assertThat(failed.failure().message())
                .contains("behind the one with _id \"" + DAMAGED.toHexString() + "\"", "then resume")
                .doesNotContain("PAGE_VIEW");
        var other = baler.awaitEnd(next);
        assertThat(other.status()).isEqualTo(COMPLETED);
        new EveryRecordOnce(sound).holdsFor(baler.archiveOf(other));
    }

    @Test
    void aSourceThatNeverAnswersFailsTheExportWhichGoesOnWhereItStoodWhenResumed() {
        source.cut();
        var id = baler.request("{'filters':{'actions':['PAGE_VIEW']}}");

        var failed = baler.awaitEnd(id);
        assertThat(failed.status()).isEqualTo(FAILED);
        assertThat(failed.failure().code()).isEqualTo("source-unavailable");
        assertThat(failed.failure().message()).contains("0 records are kept; resume continues there");
        source.mend();
        baler.jobs().resume(id);
        baler.ring(id);
        assertThat(baler.awaitEnd(id).status()).isEqualTo(COMPLETED);
    }

    @Test
    void anExportThatKillsItsWorkersEndsAfterAsManyOfThem() {
        var id = baler.create("{'filters':{'actions':['PAGE_CREATE']}}");
        for (int dead = 0; dead < MOST_ATTEMPTS; dead++) {
            baler.jobs().claim(id, "dead-" + dead, Duration.ofSeconds(-1));
        }

        var failed = baler.awaitEnd(id);

        assertThat(failed.status()).isEqualTo(FAILED);
        assertThat(failed.failure().code()).isEqualTo("too-many-attempts");
        assertThat(failed.failure().message()).contains("resume continues there");
    }
}
