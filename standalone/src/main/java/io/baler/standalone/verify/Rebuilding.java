package io.baler.standalone.verify;

import io.baler.job.ArchivedFile;
import io.baler.job.InvalidRecords;
import io.baler.job.evidence.Manifest;
import io.baler.job.evidence.Manifest.FileEntry;
import io.baler.worker.format.Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bson.BsonNull;

/**
 * Makes the archive again as the worker does, of its manifest and of the files' compressed bytes where they stand: then
 * the file must be that, byte by byte, and end where it ends. So nothing in it is left that nobody has looked at.
 */
final class Rebuilding {

    private static final int CRC_IN_HEADER = 14;

    private final ArchiveFile archive;
    private final Evidence evidence;
    private final Manifest manifest;
    private final Findings findings;
    private final ComparedOutput out;

    Rebuilding(ArchiveFile archive, Evidence evidence, Manifest manifest, Findings findings) {
        this.archive = archive;
        this.evidence = evidence;
        this.manifest = manifest;
        this.findings = findings;
        this.out = new ComparedOutput(archive, findings);
    }

    /**
     * Compares.
     *
     * @param files checks their contents on the way
     * @return how many files have the content that was signed
     */
    int run(FileCheck files) throws IOException {
        var container = Format.containers(manifest.format()).on(out, manifest.asOf());
        var right = 0;
        for (var file : manifest.files()) {
            if (out.position() > archive.size()) {
                // a manifest can tell of more than anybody would wait for
                findings.add(archive.name(), "ends at byte " + archive.size() + ", before " + file.name());
                return right;
            }
            var headerAt = out.position();
            var contentAt = headerAt + headerBytes(file.name());
            var crc = files.check(file, archive.stream(contentAt, file.compressedBytes()));
            right += crc.isPresent() ? 1 : 0;
            out.begin(at -> "the local header of " + file.name());
            container.add(
                    archived(file, crc.isPresent() ? crc.getAsLong() : crcInHeader(headerAt)),
                    out.content(file.compressedBytes()));
        }
        out.begin(at -> "the empty member behind the files");
        container.endData();
        requireEndOfData();
        var end = out.position();
        out.begin(at -> partOfEnd(at - end));
        container.end(evidence.document(), evidence.signature());
        requireEnd();
        return right;
    }

    private void requireEndOfData() {
        if (manifest.data().bytes() != out.position()) {
            findings.add(
                    evidence.name(),
                    "says that the archive's data have " + manifest.data().bytes() + " bytes, but its files add up to "
                            + out.position());
        }
    }

    private void requireEnd() {
        if (archive.size() > out.position()) {
            findings.add(
                    "byte " + out.position(),
                    "the archive ends there, and " + (archive.size() - out.position()) + " bytes follow");
        } else if (archive.size() < out.position()) {
            findings.add(
                    archive.name(),
                    "ends at byte " + archive.size() + " instead of " + out.position() + ": it is cut off");
        }
    }

    private long headerBytes(String name) {
        return manifest.format().holdsManifest()
                ? ZipDirectory.LOCAL_HEADER + name.getBytes(StandardCharsets.UTF_8).length
                : 0;
    }

    private String partOfEnd(long at) {
        var signatureAt = headerBytes(Manifest.NAME) + evidence.document().length;
        var directoryAt = signatureAt + headerBytes(Manifest.SIGNATURE_NAME) + evidence.signature().length;
        if (at < signatureAt) {
            return "the entry " + Manifest.NAME;
        }
        return at < directoryAt ? "the entry " + Manifest.SIGNATURE_NAME : "the central directory";
    }

    /** Where the content is not known, its header's own word is taken: that the content is wrong has been told. */
    private long crcInHeader(long headerAt) throws IOException {
        var crc = archive.read(headerAt + CRC_IN_HEADER, Integer.BYTES);
        return crc.length < Integer.BYTES
                ? 0
                : Integer.toUnsignedLong(
                        ByteBuffer.wrap(crc).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }

    /** What containers look at. */
    private static ArchivedFile archived(FileEntry file, long crc32) {
        return new ArchivedFile(
                file.name(),
                crc32,
                file.bytes(),
                file.compressedBytes(),
                0,
                file.count(),
                BsonNull.VALUE,
                BsonNull.VALUE,
                file.sha256(),
                List.of(),
                InvalidRecords.NONE);
    }
}
