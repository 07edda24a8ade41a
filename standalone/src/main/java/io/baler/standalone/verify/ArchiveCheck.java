package io.baler.standalone.verify;

import io.baler.job.evidence.Manifest;
import java.io.IOException;
import java.util.function.Consumer;

/** Holds an archive against its manifest. */
final class ArchiveCheck {

    private final ArchiveFile archive;
    private final Evidence evidence;
    private final Manifest manifest;
    private final Findings findings;

    ArchiveCheck(ArchiveFile archive, Evidence evidence, Manifest manifest, Findings findings) {
        this.archive = archive;
        this.evidence = evidence;
        this.manifest = manifest;
        this.findings = findings;
    }

    /** Returns whether there were ids of which the order could not be told. */
    boolean run(Consumer<String> ids) throws IOException {
        var files = new FileCheck(manifest, findings, ids);
        var isWhole = manifest.format().holdsManifest() ? runZip(files) : runStream(files);
        return isWhole && files.isOrderPartlyUnknown();
    }

    private boolean runZip(FileCheck files) throws IOException {
        var listing = Listing.of(archive, manifest);
        if (listing.isPresent() && !listing.get().isAsExpected()) {
            if (listing.get().isOfAnotherArchive()) {
                findings.add(
                        evidence.name(),
                        "is the manifest of another archive, that of export " + manifest.jobId() + ": none of its "
                                + manifest.files().size() + " files is here, but "
                                + listing.get().surplus());
            } else {
                listing.get().tell(findings);
                checkListed(listing.get(), files);
            }
            return false;
        }
        var isAsSigned = checkData();
        if (!isAsSigned && listing.isPresent() && listing.get().hasMoved()) {
            findings.add(archive.name(), "was packed anew: its files do not stand where the manifest has them");
            checkListed(listing.get(), files);
            return false;
        }
        new Rebuilding(archive, evidence, manifest, findings).run(files);
        return true;
    }

    private boolean runStream(FileCheck files) throws IOException {
        var isAsSigned = checkData();
        var right = new Rebuilding(archive, evidence, manifest, findings).run(files);
        if (right == 0 && !isAsSigned) {
            findings.add(
                    evidence.name(),
                    "fits none of this archive's files: it is the manifest of another one, that of export "
                            + manifest.jobId() + ", or all of them were changed");
        }
        return true;
    }

    private boolean checkData() throws IOException {
        var data = manifest.data();
        var isInside = manifest.format().holdsManifest();
        var isLong = archive.size() >= data.bytes();
        var sha256 = Sha256.of(archive.stream(0, isInside ? data.bytes() : archive.size()));
        if (sha256.equals(data.sha256()) && isLong) {
            return true;
        }
        var what = isInside
                ? "the data, its first " + data.bytes() + " bytes, have"
                : "its " + archive.size() + " bytes have";
        findings.add(
                archive.name(),
                what + " the SHA-256 " + sha256 + " instead of the signed " + data.sha256()
                        + (isInside ? "" : " of " + data.bytes() + " bytes"));
        return false;
    }

    /** Where files are missing or moved, those that are there are looked up by the directory. */
    private void checkListed(Listing listing, FileCheck files) throws IOException {
        var directory = new ZipDirectory(archive);
        for (var file : manifest.files()) {
            var entry = listing.entry(file.name());
            if (entry.isEmpty()) {
                files.leaveOut();
            } else if (!entry.get().isDeflated()) {
                findings.add(file.name(), "is compressed in another way");
                files.leaveOut();
            } else {
                files.check(file, directory.stored(entry.get()));
            }
        }
    }
}
