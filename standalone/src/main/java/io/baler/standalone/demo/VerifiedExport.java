package io.baler.standalone.demo;

import io.baler.job.JobStatus;
import io.baler.standalone.client.ArchiveDownload;
import io.baler.standalone.client.BalerClient;
import io.baler.standalone.client.Export;
import io.baler.standalone.client.ExportRequest;
import io.baler.standalone.client.ExportRequest.Filters;
import io.baler.standalone.client.Follower;
import io.baler.standalone.progress.Progress;
import io.baler.standalone.progress.Unit;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.Iterator;

/** One export over HTTP as any client makes it: requested, followed, downloaded, and read through to its last byte. */
final class VerifiedExport {

    private final Terminal terminal;
    private final BalerClient client;
    private final Path directory;

    VerifiedExport(Terminal terminal, BalerClient client, Path directory) {
        this.terminal = terminal;
        this.client = client;
        this.directory = directory;
    }

    /** Requests an export and returns it when it has ended well. */
    Export run(Filters filters) {
        var id = client.request(new ExportRequest(filters, "json", false)).id();
        try (var progress = Progress.on(terminal, "  exporting", Unit.RECORDS)) {
            var export = new Follower(client).follow(id, progress);
            if (export.status() != JobStatus.COMPLETED) {
                throw new CommandFailed("the export ended as " + export.status().value() + ": " + export.reason());
            }
            return export;
        }
    }

    /**
     * Downloads its archive and compares.
     *
     * @param expected the ids of the records that belong, ascending
     */
    VerifiedArchive verify(Export export, Iterator<String> expected) {
        var archive = export.archive();
        if (archive == null || archive.sha256() == null) {
            throw new CommandFailed("the export " + export.id() + " ended without an archive and its SHA-256");
        }
        var file = directory.resolve(archive.plainFileName());
        try (var progress = Progress.on(terminal, "  downloading", Unit.bytes(archive.size()))) {
            new ArchiveDownload(client).download(export.id(), archive, file, progress);
        }
        var check = new ArchiveCheck(file, expected);
        check.run();
        if (check.records() != export.exported()) {
            throw new CommandFailed(
                    "the server counted " + export.exported() + " records, the archive holds " + check.records());
        }
        return new VerifiedArchive(
                file, check.records(), check.files(), archive.size(), check.bytes(), archive.sha256());
    }

    /**
     * An archive that is right.
     *
     * @param size of the archive in bytes
     * @param jsonBytes of its records before compression
     */
    record VerifiedArchive(Path file, long records, int files, long size, long jsonBytes, String sha256) {}
}
