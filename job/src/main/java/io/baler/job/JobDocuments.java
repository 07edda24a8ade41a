package io.baler.job;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.springframework.data.mongodb.core.convert.MongoWriter;
import org.springframework.data.mongodb.core.query.Update;

/** The shapes that {@link JobStore} writes. */
final class JobDocuments {
    /** Taken from the database's clock when the job is inserted. */
    static final Document CREATION_TIMES =
            new Document("createdAt", true).append("liveSince", true).append("updatedAt", true);

    private static final Set<String> KEPT_IN_A_TOMBSTONE = Set.of("id", "status", "garbage");

    private JobDocuments() {}

    static Document initial(NewJob request, MongoWriter<Object> writer) {
        var job = new ExportJob(
                request.id(),
                request.requestedBy(),
                request.filters(),
                request.selection(),
                request.filterHash(),
                request.format(),
                request.asOf(),
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
                List.of(),
                false,
                request.liveKey(),
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                Instant.EPOCH,
                null,
                ExportJob.SCHEMA_VERSION);
        var fields = new Document();
        writer.write(job, fields);
        fields.remove("_id");
        CREATION_TIMES.keySet().forEach(fields::remove);
        return fields;
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
        if (commit.last()) {
            update.set("checkpoint.frozen", true).set("status", JobStatus.UPLOADING);
        }
        return update;
    }

    static Update unsetAll(Update update) {
        Arrays.stream(ExportJob.class.getRecordComponents())
                .map(component -> component.getName())
                .filter(field -> !KEPT_IN_A_TOMBSTONE.contains(field))
                .forEach(update::unset);
        return update.unset(JobClaims.PLACE).unset(JobSeats.SEAT);
    }
}
