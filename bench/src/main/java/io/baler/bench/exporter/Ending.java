package io.baler.bench.exporter;

import io.baler.bench.Memory;
import io.baler.job.ExportJob;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the exporter says of itself before it ends, one value a line.
 *
 * @param records in all archives
 * @param archiveBytes of all archives
 * @param sha256 of each archive's bytes before its manifest, which are the same in every run of one day
 * @param keys of their objects
 * @param engine what compressed them, and at which level
 * @param exportNanos from the first claim to the end of the last export
 */
record Ending(long records, long archiveBytes, String sha256, String keys, String engine, long exportNanos) {

    static Ending of(List<ExportJob> jobs, long exportNanos) {
        var attachments = jobs.stream()
                .map(job -> Objects.requireNonNull(job.attachment()))
                .toList();
        var engine = Objects.requireNonNull(jobs.get(0).engine());
        return new Ending(
                jobs.stream()
                        .mapToLong(job -> job.checkpoint().totalExportedCount())
                        .sum(),
                attachments.stream().mapToLong(attachment -> attachment.size()).sum(),
                jobs.stream()
                        .map(job -> Objects.requireNonNull(job.manifest()).dataSha256())
                        .collect(Collectors.joining(",")),
                attachments.stream().map(attachment -> attachment.key()).collect(Collectors.joining(",")),
                engine.compressor() + " " + engine.level(),
                exportNanos);
    }

    void print(PrintStream out) {
        out.println("records=" + records);
        out.println("archiveBytes=" + archiveBytes);
        out.println("sha256=" + sha256);
        out.println("keys=" + keys);
        out.println("engine=" + engine);
        out.println("exportNanos=" + exportNanos);
        out.println("peakRssBytes=" + Memory.peakRss(ProcessHandle.current().pid()));
        out.flush();
    }
}
