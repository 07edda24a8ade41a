package io.baler.standalone.verify;

import io.baler.job.ArchiveFormat;
import io.baler.job.ArchivedFile;
import io.baler.job.ChainLink;
import io.baler.job.Checkpoint;
import io.baler.job.evidence.Manifest;
import io.baler.job.evidence.VerificationKey;
import io.baler.standalone.stack.NewSigningKey;
import io.baler.worker.archive.ArchiveSpec;
import io.baler.worker.archive.ArchivedPart;
import io.baler.worker.archive.CompressionThreads;
import io.baler.worker.archive.ExportArchive;
import io.baler.worker.archive.ManifestDraft;
import io.baler.worker.archive.ManifestFacts;
import io.baler.worker.archive.PartSchedule;
import io.baler.worker.format.CsvColumns;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.format.Format;
import io.baler.worker.signing.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import tools.jackson.databind.json.JsonMapper;

/** An archive as the worker makes it, with the manifest and the signature that are in it or beside it. */
public final class TestArchive {

    public static final SigningKey KEY = SigningKey.of(NewSigningKey.pem());
    public static final Instant AS_OF = Instant.parse("2026-10-31T23:30:00Z");

    private final ArchiveFormat format;
    private final List<ArchivedFile> files;
    private final byte[] bytes;
    private final byte[] manifest;
    private final byte[] signature;

    private TestArchive(
            ArchiveFormat format, List<ArchivedFile> files, byte[] bytes, byte[] manifest, byte[] signature) {
        this.format = format;
        this.files = files;
        this.bytes = bytes;
        this.manifest = manifest;
        this.signature = signature;
    }

    /** What decides an archive. */
    public record Plan(String job, ArchiveFormat format, int logsPerFile) {

        public static Plan of(ArchiveFormat format) {
            return new Plan("6592a1b0c0ffee0000000000", format, 2);
        }

        Plan withJob(String other) {
            return new Plan(other, format, logsPerFile);
        }

        /** The archive of one record for each id, in the ids' order, right or not. */
        public TestArchive of(BsonValue... ids) {
            return ofRecords(Arrays.stream(ids).map(TestArchive::record).toList());
        }

        TestArchive ofRecords(List<RawBsonDocument> records) {
            var spec = spec(records);
            var parts = new ArrayList<ArchivedPart>();
            try (var archive = ExportArchive.open(
                    spec, Checkpoint.EMPTY, List.of(), new CompressionThreads(Runnable::run, 1), parts::add)) {
                records.forEach(archive::append);
                archive.finish();
            }
            var files = parts.stream().flatMap(part -> part.files().stream()).toList();
            var signed = Objects.requireNonNull(parts.get(parts.size() - 1).manifest());
            var draft = ManifestDraft.of(spec, files, new Manifest.Bytes(signed.dataBytes(), signed.dataSha256()));
            return new TestArchive(format, files, concatenated(parts), draft.document(), draft.signature());
        }

        /** The statement that nothing matched. */
        TestArchive ofNothing() {
            var draft = ManifestDraft.ofNoMatch(spec(List.of()));
            return new TestArchive(format, List.of(), new byte[0], draft.document(), draft.signature());
        }

        private ArchiveSpec spec(List<RawBsonDocument> records) {
            var columns = format == ArchiveFormat.CSV ? CsvColumns.of(records) : null;
            var limits = new Format.Limits(logsPerFile, 1 << 20, 1 << 20);
            var engine = Format.engine(
                    format, DeflateLibrary.JDK, Format.defaultLevel(format, DeflateLibrary.JDK), columns, limits);
            var facts = new ManifestFacts(
                    "alice",
                    JsonMapper.shared().createObjectNode(),
                    new Manifest.Source("baler", "activities", "user", "action", "createdAt", null),
                    format,
                    new ChainLink(2, "0".repeat(64), "6592a1b0c0ffee000000000f"),
                    (long) records.size());
            return new ArchiveSpec(job, AS_OF, Format.of(format, engine), engine, PartSchedule.of(1 << 20), facts, KEY);
        }
    }

    static RawBsonDocument record(BsonValue id) {
        var document = new BsonDocument("_id", id).append("action", new BsonString("PAGE_VIEW"));
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    private static byte[] concatenated(List<ArchivedPart> parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            var buffer = part.bytes();
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    public static TrustedKeys trusted() {
        return TrustedKeys.of("the test", List.of(KEY.verificationKey()));
    }

    static VerificationKey stranger() {
        return SigningKey.of(NewSigningKey.pem()).verificationKey();
    }

    /** The same with a manifest that says something else, signed all the same. */
    TestArchive saying(UnaryOperator<Manifest> lie) {
        return signing(lie.apply(Manifest.parse(manifest)).toBytes());
    }

    /** The same with whatever this is for a manifest, signed all the same. */
    TestArchive signing(byte[] document) {
        return withManifest(document, KEY.sign(document));
    }

    /** The same files, with that manifest. */
    TestArchive withManifestOf(TestArchive other) {
        return withManifest(other.manifest, other.signature);
    }

    private TestArchive withManifest(byte[] document, byte[] itsSignature) {
        var out = new ByteArrayOutputStream();
        var container = Format.containers(format).on(out, AS_OF);
        try {
            for (var file : files) {
                var header = format.holdsManifest()
                        ? ZipDirectory.LOCAL_HEADER + file.name().length()
                        : 0;
                var from = (int) file.offset() + header;
                container.add(file, new ByteArrayInputStream(bytes, from, (int) file.compressedSize()));
            }
            container.endData();
            container.end(document, itsSignature);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestArchive(format, files, out.toByteArray(), document, itsSignature);
    }

    TestArchive withBytes(byte[] others) {
        return new TestArchive(format, files, others, manifest, signature);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public byte[] manifest() {
        return manifest.clone();
    }

    public byte[] signature() {
        return signature.clone();
    }

    List<String> names() {
        return files.stream().map(ArchivedFile::name).toList();
    }

    /** Writes it with what belongs beside it; where there is no archive, the statement alone. Returns what to verify. */
    public Path writeTo(Path directory) {
        var archive = directory.resolve("logs." + format.suffix());
        try {
            if (files.isEmpty() || !format.holdsManifest()) {
                Files.write(beside(archive, Manifest.SUFFIX), manifest);
                Files.write(beside(archive, Manifest.SIGNATURE_SUFFIX), signature);
            }
            return files.isEmpty() ? beside(archive, Manifest.SUFFIX) : Files.write(archive, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path beside(Path archive, String suffix) {
        return archive.resolveSibling(archive.getFileName() + suffix);
    }

    /** All files of it that are in the directory. */
    static Stream<Path> filesIn(Path directory) {
        try (var files = Files.list(directory)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return new String(manifest, StandardCharsets.UTF_8);
    }
}
