package io.baler.standalone.verify;

import io.baler.job.evidence.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A manifest and its signature as they were found. */
final class Evidence {

    /** In memory; an archive as large as S3 takes has one of some hundred megabytes at most. */
    static final int LARGEST = 512 << 20;

    /** Of Ed25519; RFC 8032. */
    static final int SIGNATURE_BYTES = 64;

    /** What the manifest is in or beside. */
    enum Place {
        /** In the ZIP that it tells of. */
        INSIDE,
        /** Beside the stream that it tells of. */
        BESIDE,
        /** There is nothing else. */
        ALONE
    }

    private final Place place;
    private final String name;
    private final byte[] document;
    private final byte[] signature;

    /** @param name of the manifest, for people */
    Evidence(Place place, String name, byte[] document, byte[] signature) {
        this.place = place;
        this.name = name;
        this.document = document;
        this.signature = signature;
    }

    /**
     * Reads both from files of their own.
     *
     * @throws IOException also if one of them is not there
     */
    static Evidence in(Place place, Path manifest) throws IOException {
        return new Evidence(place, String.valueOf(manifest.getFileName()), read(manifest), read(signatureOf(manifest)));
    }

    /** For {@code x.manifest.json} {@code x.manifest.sig}, and so for one that was taken out of a ZIP. */
    static Path signatureOf(Path manifest) {
        var name = String.valueOf(manifest.getFileName());
        var json = Manifest.SUFFIX.substring(Manifest.SUFFIX.lastIndexOf('.'));
        var sig = Manifest.SIGNATURE_SUFFIX.substring(Manifest.SIGNATURE_SUFFIX.lastIndexOf('.'));
        var stem = name.endsWith(json) ? name.substring(0, name.length() - json.length()) : name;
        return manifest.resolveSibling(stem + sig);
    }

    private static byte[] read(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            var bytes = stream.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("larger than any manifest");
            }
            return bytes;
        }
    }

    Place place() {
        return place;
    }

    String name() {
        return name;
    }

    /** Not to be changed. */
    byte[] document() {
        return document;
    }

    /** Not to be changed; whatever was found in the signature's place. */
    byte[] signature() {
        return signature;
    }
}
