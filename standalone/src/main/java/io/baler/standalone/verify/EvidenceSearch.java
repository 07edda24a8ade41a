package io.baler.standalone.verify;

import io.baler.job.evidence.Manifest;
import io.baler.standalone.terminal.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds an archive's manifest by what the file is, not by what it is called: in it, beside it, or the file itself. A
 * file whose first bytes are damaged is still found to be what it was.
 */
final class EvidenceSearch {

    private static final int ZIP = 0x504b0304;
    private static final int EMPTY_ZIP = 0x504b0506;
    private static final int GZIP = 0x1f8b;
    private static final int ZSTD = 0x28b52ffd;

    private final ArchiveFile archive;
    private final Findings findings;

    EvidenceSearch(ArchiveFile archive, Findings findings) {
        this.archive = archive;
        this.findings = findings;
    }

    /** Nothing if there is none that can be read; that is then a finding. */
    Optional<Evidence> find() throws IOException {
        var start = start();
        if (isZip(start)) {
            return inside();
        }
        if (start >>> 24 == '{' || archive.name().endsWith(Manifest.SUFFIX)) {
            return alone();
        }
        if (Files.exists(manifestBeside())) {
            return beside();
        }
        if (isStream(start)) {
            findings.add(
                    archive.name(),
                    "its manifest is not beside it: " + manifestBeside() + " and " + signatureBeside()
                            + " belong to it");
            return Optional.empty();
        }
        return inside();
    }

    private int start() throws IOException {
        var first = archive.read(0, Integer.BYTES);
        return first.length < Integer.BYTES ? 0 : ByteBuffer.wrap(first).getInt();
    }

    private static boolean isZip(int start) {
        return start == ZIP || start == EMPTY_ZIP;
    }

    private static boolean isStream(int start) {
        return start >>> 16 == GZIP || start == ZSTD;
    }

    private Optional<Evidence> inside() throws IOException {
        var listed = ListedEvidence.in(archive);
        var evidence = listed.isPresent() ? listed : SearchedEvidence.in(archive);
        if (evidence.isEmpty()) {
            findings.add(
                    archive.name(),
                    isZip(start())
                            ? "holds no " + Manifest.NAME + ": it is cut off, or no archive of Baler's"
                            : "begins like neither a ZIP, gzip or zstd nor a manifest, and none is in or beside it: it"
                                    + " is no archive of Baler's, or badly damaged");
        }
        return evidence;
    }

    private Optional<Evidence> alone() {
        return read(Evidence.Place.ALONE, archive.path());
    }

    private Optional<Evidence> beside() {
        return read(Evidence.Place.BESIDE, manifestBeside());
    }

    private Optional<Evidence> read(Evidence.Place place, Path manifest) {
        try {
            return Optional.of(Evidence.in(place, manifest));
        } catch (IOException e) {
            findings.add(
                    String.valueOf(manifest.getFileName()),
                    "it, or its signature " + Evidence.signatureOf(manifest).getFileName() + ", cannot be read: "
                            + Reason.of(e));
            return Optional.empty();
        }
    }

    private Path manifestBeside() {
        return archive.path().resolveSibling(archive.name() + Manifest.SUFFIX);
    }

    private Path signatureBeside() {
        return archive.path().resolveSibling(archive.name() + Manifest.SIGNATURE_SUFFIX);
    }
}
