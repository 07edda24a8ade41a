package io.baler.standalone.verify;

import io.baler.job.evidence.Manifest;
import io.baler.standalone.verify.ZipDirectory.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds a ZIP's manifest and signature by its directory, as every program does, whoever has packed it and how. */
final class ListedEvidence {

    private final ZipDirectory directory;
    private final Map<String, Entry> entries = new HashMap<>();

    private ListedEvidence(ArchiveFile archive) {
        this.directory = new ZipDirectory(archive);
    }

    /** Nothing if the directory does not lead to something like a manifest. */
    static Optional<Evidence> in(ArchiveFile archive) throws IOException {
        var listed = new ListedEvidence(archive);
        return listed.directory.forEach(listed::take) ? listed.find() : Optional.empty();
    }

    private void take(Entry entry) {
        if (entry.name().equals(Manifest.NAME) || entry.name().equals(Manifest.SIGNATURE_NAME)) {
            entries.put(entry.name(), entry);
        }
    }

    private Optional<Evidence> find() throws IOException {
        var document = content(Manifest.NAME);
        var signature = content(Manifest.SIGNATURE_NAME);
        var isDocument = document.length > 2 && document[0] == '{' && document[document.length - 2] == '}';
        return isDocument
                        && (signature.length == Evidence.SIGNATURE_BYTES
                                || !entries.containsKey(Manifest.SIGNATURE_NAME))
                ? Optional.of(new Evidence(Evidence.Place.INSIDE, Manifest.NAME, document, signature))
                : Optional.empty();
    }

    /** Empty if there is none, or none that can be read. */
    private byte[] content(String name) throws IOException {
        var entry = entries.get(name);
        if (entry == null || !(entry.isStored() || entry.isDeflated())) {
            return new byte[0];
        }
        var stored = directory.stored(entry);
        return entry.isStored() ? stored.readNBytes(Evidence.LARGEST) : inflated(stored);
    }

    private static byte[] inflated(InputStream stored) throws IOException {
        try (var inflated = Inflated.plain(stored)) {
            return inflated.readNBytes(Evidence.LARGEST);
        } catch (java.util.zip.ZipException | java.io.EOFException damaged) {
            // looked for elsewhere
            return new byte[0];
        }
    }
}
