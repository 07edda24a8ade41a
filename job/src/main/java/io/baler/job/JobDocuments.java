package io.baler.job;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.data.mongodb.core.convert.MongoWriter;
import org.springframework.data.mongodb.core.query.Update;

/** The shapes that {@link JobStore} writes. */
final class JobDocuments {
    private static final Logger log = LoggerFactory.getLogger(JobDocuments.class);

    /** Taken from the database's clock when the job is inserted. */
    static final Document CREATION_TIMES =
            new Document("createdAt", true).append("liveSince", true).append("updatedAt", true);

    private static final String EPOCH = "epoch";
    private static final Set<String> KEPT_IN_A_TOMBSTONE = Set.of("_id", "status", "garbage");

    private JobDocuments() {}

    /**
     * None if the document is no job that this version can read: one of them must not hide or hold up the others. Of a newer
     * version nothing is said, for it is as it should be.
     */
    static Optional<ExportJob> read(Document stored, MongoConverter converter) {
        return read(stored, ExportJob.class, converter);
    }

    static <T> Optional<T> read(Document stored, Class<T> type, MongoConverter converter) {
        try {
            return Optional.of(converter.read(type, stored));
        } catch (RuntimeException unreadable) {
            if (!JobVersion.isNewer(stored)) {
                LoggedExport.about(String.valueOf(stored.get("_id")), () -> tell(stored, unreadable));
            }
            return Optional.empty();
        }
    }

    private static void tell(Document stored, RuntimeException unreadable) {
        log.warn(
                "Export {} cannot be read from {} ({}); it is left out, its document stays",
                stored.get("_id"),
                ExportJob.COLLECTION,
                unreadable.getClass().getSimpleName());
        // may quote values of the job
        log.debug("Why export {} cannot be read", stored.get("_id"), unreadable);
    }

    static Document initial(NewJob request, MongoWriter<Object> writer) {
        var job = new ExportJob(
                request.id(),
                request.requestedBy(),
                request.filters(),
                request.selection(),
                request.filterHash(),
                request.format(),
                request.asOf(),
                request.trace(),
                null,
                null,
                JobStatus.QUEUED,
                0,
                0,
                0,
                0,
                null,
                Checkpoint.EMPTY,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                false,
                request.liveKey(),
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                Instant.EPOCH,
                null,
                JobVersion.CURRENT);
        var fields = new Document();
        writer.write(job, fields);
        fields.remove("_id");
        CREATION_TIMES.keySet().forEach(fields::remove);
        return fields;
    }

    /** Live it never was, so it holds nothing that only one live job may hold. */
    static Document refused(NewJob request, Failure failure, MongoWriter<Object> writer) {
        var fields = initial(request, writer);
        fields.remove("liveKey");
        return fields.append("status", JobStatus.FAILED.value())
                .append("failure", new Document("code", failure.code()).append("message", failure.message()));
    }

    static Update commit(Commit commit) {
        var update = new Update()
                .push("checkpoint.parts", commit.part())
                .set("checkpoint.seq", commit.part().n())
                .set("checkpoint.totalExportedCount", commit.totalExportedCount())
                .set("checkpoint.bytes", commit.bytes())
                .set("checkpoint.digest", commit.digest())
                .set("checkpoint.formatState", commit.formatState())
                .set("attempts", 0);
        if (commit.lastExportedId() != null) {
            update.set("checkpoint.lastExportedId", commit.lastExportedId());
        }
        if (commit.manifest() != null) {
            update.set("manifest", commit.manifest())
                    .set("checkpoint.frozen", true)
                    .set("status", JobStatus.UPLOADING);
        }
        return update;
    }

    /** What an initial document makes of one that was refused: nothing of the latter stays, but that its epoch rises. */
    static Update insteadOf(Document initial) {
        var update = new Update().inc(EPOCH, 1);
        initial.forEach((field, value) -> {
            if (!field.equals(EPOCH)) {
                update.set(field, value);
            }
        });
        CREATION_TIMES.keySet().forEach(update::currentDate);
        fields().filter(field ->
                        !initial.containsKey(field) && !CREATION_TIMES.containsKey(field) && !field.equals("id"))
                .forEach(update::unset);
        return update;
    }

    private static Stream<String> fields() {
        return Arrays.stream(ExportJob.class.getRecordComponents()).map(component -> component.getName());
    }

    /** @param stored names of all its members, those included that this version does not know */
    static Update unsetAll(Update update, Set<String> stored) {
        stored.stream().filter(field -> !KEPT_IN_A_TOMBSTONE.contains(field)).forEach(update::unset);
        return update;
    }
}
