package io.baler.worker.archive;

import io.baler.job.ArchivedFile;
import io.baler.job.Engine;
import io.baler.job.InvalidRecords;
import io.baler.job.SignedManifest;
import io.baler.job.evidence.Manifest;
import io.baler.worker.encode.JsonEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/**
 * An archive's manifest with its signature, before it is known where it will stand. The same spec and the same files
 * give the same bytes, whoever makes it.
 */
public final class ManifestDraft {

    private final ArchiveSpec spec;
    private final Manifest.Bytes data;
    private final byte[] document;
    private final byte[] signature;

    private ManifestDraft(ArchiveSpec spec, Manifest.Bytes data, byte[] document) {
        this.spec = spec;
        this.data = data;
        this.document = document;
        this.signature = spec.key().sign(document);
    }

    /**
     * Makes the manifest of an archive.
     *
     * @param files all of them, in order
     * @param data what the manifest vouches for byte by byte
     */
    public static ManifestDraft of(ArchiveSpec spec, List<ArchivedFile> files, Manifest.Bytes data) {
        return new ManifestDraft(spec, data, manifest(spec, files, data).toBytes());
    }

    /** Makes the statement that nothing matched. */
    public static ManifestDraft ofNoMatch(ArchiveSpec spec) {
        return of(spec, List.of(), new Manifest.Bytes(0, Sha256.hex(new byte[0], 0)));
    }

    /** Its bytes; to be left as they are. */
    public byte[] document() {
        return document;
    }

    /** The 64 bytes of its signature; to be left as they are. */
    public byte[] signature() {
        return signature;
    }

    /** Whether it is, byte for byte, the manifest that a job was frozen with. */
    public boolean isThat(SignedManifest frozen) {
        return sha256().equals(frozen.sha256());
    }

    private String sha256() {
        return Sha256.hex(document, document.length);
    }

    SignedManifest at(long offset) {
        return signed(offset, null);
    }

    /** What the job keeps where there is no archive. */
    public SignedManifest withItsText() {
        return signed(0, new String(document, StandardCharsets.UTF_8));
    }

    private SignedManifest signed(long offset, @Nullable String text) {
        return new SignedManifest(
                spec.facts().link().position(),
                sha256(),
                Base64.getEncoder().encodeToString(signature),
                spec.key().verificationKey().id(),
                document.length,
                offset,
                data.bytes(),
                data.sha256(),
                text);
    }

    private static Manifest manifest(ArchiveSpec spec, List<ArchivedFile> files, Manifest.Bytes data) {
        var facts = spec.facts();
        var link = facts.link();
        var key = spec.key().verificationKey();
        long exported = files.stream().mapToLong(ArchivedFile::count).sum();
        Long expected = facts.expectedCount();
        return new Manifest(
                Manifest.SCHEMA_VERSION,
                spec.jobId(),
                facts.requestedBy(),
                facts.filters(),
                facts.source(),
                spec.asOf(),
                facts.format(),
                engine(spec.engine()),
                new Manifest.Chain(link.position(), link.previousSha256(), link.previousJob()),
                key.id(),
                Base64.getEncoder().encodeToString(key.der()),
                expected,
                exported,
                expected == null ? null : expected - exported,
                files.stream().mapToLong(file -> file.invalid().count()).sum(),
                data,
                files.stream().map(ManifestDraft::entry).toList());
    }

    private static Manifest.EngineFacts engine(Engine engine) {
        return new Manifest.EngineFacts(
                engine.encoder(),
                engine.compressor(),
                engine.level(),
                engine.logsPerFile(),
                engine.maxFileBytes(),
                engine.columns());
    }

    private static Manifest.FileEntry entry(ArchivedFile file) {
        return new Manifest.FileEntry(
                file.name(),
                file.count(),
                file.size(),
                file.compressedSize(),
                file.sha256(),
                json(file.firstId()),
                json(file.lastId()),
                file.ids(),
                invalid(file.invalid()));
    }

    private static Manifest.@Nullable Invalid invalid(InvalidRecords invalid) {
        return invalid.count() == 0
                ? null
                : new Manifest.Invalid(
                        invalid.count(),
                        invalid.firstIds().stream().map(ManifestDraft::json).toList());
    }

    /** A value as records show it. */
    static JsonNode json(BsonValue value) {
        return JsonNodeFactory.instance.rawValueNode(new RawValue(JsonEncoder.toJson(value)));
    }
}
