package io.baler.cleanup;

import static io.baler.job.JobStatus.UPLOADING;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoCollection;
import io.baler.job.ArchiveFormat;
import io.baler.job.Attachment;
import io.baler.job.Claim;
import io.baler.job.Commit;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.Failure;
import io.baler.job.JobConfiguration;
import io.baler.job.JobQueries;
import io.baler.job.JobStatus;
import io.baler.job.JobStore;
import io.baler.job.LogFilters;
import io.baler.job.NewJob;
import io.baler.job.Selection;
import io.baler.job.SignedManifest;
import io.baler.job.events.ExportEvents;
import io.baler.job.start.ServiceDefaults;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.BucketContents;
import io.baler.job.storage.ExportBucket;
import io.baler.local.LocalStack;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoTemplate;

/** One Baler with a database of its own, and jobs in it as the other services leave them. */
final class Installation implements AutoCloseable {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final byte[] ARCHIVE = "an archive".getBytes(StandardCharsets.UTF_8);

    private static final String ZIP = "application/zip";
    private static final SignedManifest MANIFEST =
            new SignedManifest(1, "sha", "signature", "key", 2, 0, ARCHIVE.length, "sha", null);

    private final ConfigurableApplicationContext context;

    final JobStore jobs;
    final JobQueries found;
    final ExportBucket bucket;
    final BucketContents contents;
    final ArchiveKeys keys;
    final ExportEvents events;
    final MongoTemplate mongo;

    @EnableAutoConfiguration
    @Import(JobConfiguration.class)
    static class Access {}

    /** The stack has a bucket {@code exports}. */
    Installation(LocalStack stack, String database) {
        context = start(stack, database);
        jobs = context.getBean(JobStore.class);
        found = context.getBean(JobQueries.class);
        bucket = context.getBean(ExportBucket.class);
        contents = context.getBean(BucketContents.class);
        keys = context.getBean(ArchiveKeys.class);
        events = context.getBean(ExportEvents.class);
        mongo = context.getBean(MongoTemplate.class);
    }

    private static ConfigurableApplicationContext start(LocalStack stack, String database) {
        var properties = new HashMap<>(ServiceDefaults.properties());
        properties.put("baler.s3.endpoint", stack.s3().endpoint());
        properties.put("baler.s3.bucket", "exports");
        properties.put("baler.s3.path-style", "true");
        properties.put("baler.s3.access-key", stack.s3().accessKey());
        properties.put("baler.s3.secret-key", stack.s3().secretKey());
        MongoConnectionDetails mongodb =
                () -> new ConnectionString(stack.mongodb().connectionString(database));
        KafkaConnectionDetails kafka = () -> List.of(stack.kafka().bootstrapServers());
        return new SpringApplicationBuilder(Access.class)
                .web(WebApplicationType.NONE)
                .initializers(it -> it.getBeanFactory().registerSingleton("mongodb", mongodb))
                .initializers(it -> it.getBeanFactory().registerSingleton("kafka", kafka))
                .properties(properties)
                .run();
    }

    @Override
    public void close() {
        context.close();
    }

    /** Forgets all jobs and empties the bucket, also of what others have in it. */
    void clear() {
        documents().deleteMany(new Document());
        contents.uploads("").toList().forEach(upload -> bucket.abort(upload.key(), upload.uploadId()));
        contents.objects("").toList().forEach(object -> bucket.delete(object.key()));
    }

    // ---- jobs

    ExportJob queued() {
        return queued(ArchiveFormat.JSON);
    }

    ExportJob queued(ArchiveFormat format) {
        var id = new ObjectId().toHexString();
        var selection = new Selection(null, "baler", "activities", "user", "action", "createdAt");
        // a requester each, so that jobs with the same filters may live side by side
        var created = jobs.create(new NewJob(id, id, LogFilters.NONE, selection, HASH, format, null));
        return ((Creation.Created) created).job();
    }

    ExportJob exporting() {
        return exportAgain(queued());
    }

    ExportJob exportAgain(ExportJob queued) {
        var claim = jobs.claim(queued.id(), "w", Duration.ofSeconds(10)).orElseThrow();
        var key = keys.keyOf(claim.job());
        return jobs.beginUpload(claim, key, bucket.beginUpload(key, ZIP)).job();
    }

    ExportJob frozen() {
        return frozen(exporting());
    }

    ExportJob frozen(ExportJob job) {
        var part = bucket.uploadPart(
                keyInProgress(job), uploadOf(job), 1, ByteBuffer.wrap(ARCHIVE), checksum(), job.epoch());
        var commit = new Commit(part, List.of(), null, 1, ARCHIVE.length, "digest", 1, MANIFEST);
        var frozen = jobs.commit(new Claim(job), commit).job();
        assertThat(frozen.status()).isEqualTo(UPLOADING);
        return frozen;
    }

    /** The object is there, and the job does not say so yet. */
    ExportJob finalised() {
        return finalised(frozen());
    }

    ExportJob finalised(ExportJob job) {
        bucket.completeUpload(
                keyInProgress(job), uploadOf(job), job.checkpoint().parts());
        return job;
    }

    ExportJob completed() {
        return completed(finalised());
    }

    ExportJob completed(ExportJob job) {
        var attachment =
                new Attachment("exports", keyInProgress(job), "a.zip", ARCHIVE.length, "etag", "sha", Instant.EPOCH);
        return jobs.complete(new Claim(job), attachment);
    }

    /** A stream that is frozen, its manifest and its signature beside where it will be. */
    ExportJob frozenStream() {
        var job = frozen(exportAgain(queued(ArchiveFormat.NDJSON_ZST)));
        companionsOf(keyInProgress(job)).forEach(key -> bucket.put(key, ARCHIVE, "application/json"));
        return job;
    }

    ExportJob completedStream() {
        return completed(finalised(frozenStream()));
    }

    ExportJob failed() {
        return jobs.fail(new Claim(exporting()), new Failure("c", "m"));
    }

    void set(ExportJob job, String field, Object value) {
        documents().updateOne(new Document("_id", job.id()), new Document("$set", new Document(field, value)));
    }

    /** What is stored of the job, be it a tombstone. */
    Document stored(ExportJob job) {
        return Objects.requireNonNull(
                documents().find(new Document("_id", job.id())).first());
    }

    private MongoCollection<Document> documents() {
        return mongo.getCollection("exportJobs");
    }

    JobStatus status(ExportJob job) {
        return jobs.find(job.id()).orElseThrow().status();
    }

    boolean isUploadAlive(ExportJob job) {
        return contents.isAlive(keyInProgress(job), uploadOf(job));
    }

    // ---- bytes

    void putObject(String key) {
        var upload = bucket.beginUpload(key, ZIP);
        var part = bucket.uploadPart(key, upload, 1, ByteBuffer.wrap(ARCHIVE), checksum(), 1);
        bucket.completeUpload(key, upload, List.of(part));
    }

    private static String checksum() {
        var crc = new CRC32();
        crc.update(ARCHIVE);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    boolean isThere(String key) {
        return bucket.find(key).isPresent();
    }

    /** The manifest and the signature beside a stream. */
    static List<String> companionsOf(String archiveKey) {
        return List.of(archiveKey + ".manifest.json", archiveKey + ".manifest.sig");
    }

    static String keyInProgress(ExportJob job) {
        return Objects.requireNonNull(job.checkpoint().key());
    }

    static String uploadOf(ExportJob job) {
        return Objects.requireNonNull(job.checkpoint().uploadId());
    }

    static String keyOf(ExportJob job) {
        return Objects.requireNonNull(job.attachment()).key();
    }
}
