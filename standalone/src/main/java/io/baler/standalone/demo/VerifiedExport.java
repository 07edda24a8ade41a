package io.baler.standalone.demo;

import io.baler.job.JobStatus;
import io.baler.job.evidence.Manifest;
import io.baler.standalone.client.ArchiveDownload;
import io.baler.standalone.client.BalerClient;
import io.baler.standalone.client.Export;
import io.baler.standalone.client.Export.Archive;
import io.baler.standalone.client.ExportRequest;
import io.baler.standalone.client.ExportRequest.Filters;
import io.baler.standalone.client.Follower;
import io.baler.standalone.progress.Progress;
import io.baler.standalone.progress.Unit;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Terminal;
import io.baler.standalone.verify.TrustedKeys;
import io.baler.standalone.verify.Verdict;
import io.baler.standalone.verify.Verification;
import java.nio.file.Path;
import java.util.Iterator;

/** One export over HTTP as any client makes it: requested, followed, downloaded, and read through to its last byte. */
final class VerifiedExport {

    private final Terminal terminal;
    private final BalerClient client;
    private final TrustedKeys keys;
    private final Path directory;

    VerifiedExport(Terminal terminal, BalerClient client, TrustedKeys keys, Path directory) {
        this.terminal = terminal;
        this.client = client;
        this.keys = keys;
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
        return compare(file, archive, export, expected);
    }

    /** Against its manifest and the key first, then against the source. */
    private VerifiedArchive compare(Path file, Archive archive, Export export, Iterator<String> expected) {
        var records = new ExpectedRecords(file, expected);
        Verdict verdict;
        try (var progress = Progress.on(terminal, "  verifying", Unit.bytes(archive.size()))) {
            verdict = new Verification(keys, progress, records).verify(file);
        }
        var manifest = verdict.manifest();
        if (!verdict.holds() || manifest == null) {
            throw new CommandFailed(verdict.line());
        }
        records.requireAll();
        if (manifest.exportedCount() != export.exported()) {
            throw new CommandFailed("the server counted " + export.exported() + " records, the archive holds "
                    + manifest.exportedCount());
        }
        return new VerifiedArchive(file, archive.size(), String.valueOf(archive.sha256()), manifest);
    }

    /**
     * An archive that is right.
     *
     * @param size of the archive in bytes
     */
    record VerifiedArchive(Path file, long size, String sha256, Manifest manifest) {

        long records() {
            return manifest.exportedCount();
        }

        int files() {
            return manifest.files().size();
        }

        /** Of the records before compression. */
        long jsonBytes() {
            return manifest.files().stream()
                    .mapToLong(Manifest.FileEntry::bytes)
                    .sum();
        }

        String signingKey() {
            return manifest.signingKey();
        }
    }
}
