package io.baler.job;

import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An acknowledged part and how far the export is with it.
 *
 * @param part the part; its number is the checkpoint's next {@code seq}
 * @param files the files whose bytes are in it
 * @param lastExportedId {@code _id} of the last record in this or an earlier part
 * @param totalExportedCount records up to here
 * @param bytes archive bytes up to here
 * @param digest state of the archive's SHA-256 up to here
 * @param formatState index of the next file
 * @param manifest of the whole archive, with the last part: nothing follows, the archive is frozen
 */
public record Commit(
        UploadedPart part,
        List<ArchivedFile> files,
        @Nullable BsonValue lastExportedId,
        long totalExportedCount,
        long bytes,
        String digest,
        int formatState,
        @Nullable SignedManifest manifest) {}
