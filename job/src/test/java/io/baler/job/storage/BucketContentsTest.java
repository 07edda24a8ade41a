package io.baler.job.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baler.job.storage.BucketContents.ListedObject;
import io.baler.job.storage.BucketContents.OpenUpload;
import io.baler.local.S3Server;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Lists are read to their end however short their pages are, and what is deleted for good leaves no version behind. */
@ExtendWith(OutputCaptureExtension.class)
class BucketContentsTest {
    private static final int PAGE = 2;
    private static final String TYPE = "application/zip";

    @TempDir
    private Path directory;

    private S3Server server;
    private ExportBucket bucket;
    private BucketContents contents;

    @BeforeEach
    void start() {
        server = S3Server.start(directory, 0);
        server.createBucket("exports");
        var settings = new S3Settings(
                server.endpoint(), null, null, "exports", true, "", server.accessKey(), server.secretKey(), null);
        bucket = new StorageConfiguration().exportBucket(settings);
        contents = bucket.contents(PAGE);
    }

    @AfterEach
    void stop() {
        bucket.close();
        server.close();
    }

    @Test
    void allObjectsUnderAPrefixAreListedWithTheirDates() {
        var keys = IntStream.range(0, 5).mapToObj(i -> "ours/" + i).toList();
        keys.forEach(this::put);
        put("other/0");

        assertThat(contents.objects("ours/"))
                .allMatch(object -> isRecent(object.lastModified()))
                .extracting(ListedObject::key)
                .containsExactlyElementsOf(keys);
        assertThat(contents.objects("nobody's/")).isEmpty();
    }

    @Test
    void allUploadsUnderAPrefixAreListedWithTheirDates() {
        var ids = IntStream.range(0, 5)
                .mapToObj(i -> bucket.beginUpload("ours/" + i, TYPE))
                .toList();
        bucket.beginUpload("other/0", TYPE);

        assertThat(contents.uploads("ours/"))
                .allMatch(upload -> isRecent(upload.initiated()))
                .extracting(OpenUpload::uploadId)
                .containsExactlyElementsOf(ids);
    }

    @Test
    void anUploadIsFoundAliveOnWhicheverPageItIs() {
        var ids = IntStream.range(0, 5)
                .mapToObj(i -> bucket.beginUpload("key", TYPE))
                .toList();

        assertThat(ids).allMatch(id -> contents.isAlive("key", id));
        assertThat(contents.isAlive("ke", ids.get(0))).isFalse();

        bucket.abort("key", ids.get(3));
        assertThat(ids).filteredOn(id -> contents.isAlive("key", id)).hasSize(4).doesNotContain(ids.get(3));
    }

    @Test
    void aServerWithoutVersionsDeletesTheObjectAlone(CapturedOutput output) {
        put("key");

        contents.deleteForGood("key");
        contents.deleteForGood("key");

        assertThat(bucket.find("key")).isEmpty();
        assertThat(output).doesNotContain("versions");
    }

    @Test
    void everyVersionOfAKeyGoesAndNoDeleteMarkerStays() {
        var versioned = new VersionedBucket();
        IntStream.range(0, 5).forEach(i -> versioned.put("key"));
        versioned.put("key.bak");

        new BucketContents(versioned, "exports", PAGE).deleteForGood("key");

        assertThat(versioned.versions())
                .extracting(VersionedBucket.Version::key)
                .containsExactly("key.bak");
    }

    @Test
    void versionsThatMayNotBeSeenAreSaidOnceAndKeepNothingFromBeingDeleted(CapturedOutput output) {
        var versioned = new VersionedBucket();
        versioned.refuseLists(403, "AccessDenied");
        versioned.put("key");
        var contents = new BucketContents(versioned, "exports", PAGE);

        contents.deleteForGood("key");
        contents.deleteForGood("key");

        assertThat(versioned.isThere("key")).isFalse();
        assertThat(output).containsOnlyOnce("s3:ListBucketVersions");
    }

    @Test
    void aFailureToListVersionsIsNotTakenForAnAnswer() {
        var versioned = new VersionedBucket();
        versioned.refuseLists(503, "SlowDown");
        var contents = new BucketContents(versioned, "exports", PAGE);

        assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> contents.deleteForGood("key"));
    }

    private static boolean isRecent(Instant date) {
        return date.isAfter(Instant.now().minusSeconds(60))
                && date.isBefore(Instant.now().plusSeconds(60));
    }

    private void put(String key) {
        var upload = bucket.beginUpload(key, TYPE);
        // CRC-32 of one byte 0
        var part = bucket.uploadPart(key, upload, 1, ByteBuffer.allocate(1), "0gLvjQ==", 1);
        bucket.completeUpload(key, upload, List.of(part));
    }
}
