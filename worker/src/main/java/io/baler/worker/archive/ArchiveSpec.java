package io.baler.worker.archive;

import io.baler.job.Engine;
import io.baler.job.ExportJob;
import io.baler.worker.format.Format;
import io.baler.worker.signing.SigningKey;
import java.time.Instant;
import java.util.Objects;

/**
 * What decides every byte of an archive besides its records. Two archives of one spec and the same records are equal.
 *
 * @param jobId part of the files' names: letters, digits and hyphens
 * @param asOf its UTC date is the date of all entries
 * @param format how the engine makes it
 * @param engine how records become files
 * @param schedule where parts end
 * @param facts what the manifest says of the export
 * @param key signs the manifest
 */
public record ArchiveSpec(
        String jobId,
        Instant asOf,
        Format format,
        Engine engine,
        PartSchedule schedule,
        ManifestFacts facts,
        SigningKey key) {

    private static final int MOST_FILE_BYTES = 1 << 30;

    public ArchiveSpec {
        require(jobId.matches("[A-Za-z0-9-]+"), "a job id of letters, digits and hyphens, got " + jobId);
        var encoder = format.layout().encoder();
        require(engine.encoder().equals(encoder), "the encoder " + encoder + ", got " + engine.encoder());
        var compressor = format.compression().name();
        require(
                engine.compressor().equals(compressor),
                "the compressor " + compressor + ", got " + engine.compressor());
        require(engine.logsPerFile() > 0, "at least one record a file, got " + engine.logsPerFile());
        require(
                engine.maxFileBytes() > 0 && engine.maxFileBytes() <= MOST_FILE_BYTES,
                "files of 1 byte to 1 GiB, got " + engine.maxFileBytes());
    }

    /** What a job that has been claimed asks for. */
    public static ArchiveSpec of(ExportJob job, SigningKey key) {
        var engine = Objects.requireNonNull(job.engine());
        return new ArchiveSpec(
                job.id(),
                job.asOf(),
                Format.of(job.format(), engine),
                engine,
                PartSchedule.startingAt(engine.partBytes()),
                ManifestFacts.of(job),
                key);
    }

    String fileName(int index) {
        String digits = Integer.toString(index);
        return "audit-logs-" + jobId + "-" + "0".repeat(Math.max(0, 6 - digits.length())) + digits
                + format.layout().suffix();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("this worker makes archives with " + what);
        }
    }
}
