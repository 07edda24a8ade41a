package io.baler.worker.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.baler.job.ArchiveFormat;
import io.baler.job.ChainLink;
import io.baler.job.Checkpoint;
import io.baler.job.Engine;
import io.baler.job.IdKind;
import io.baler.job.UploadedPart;
import io.baler.job.evidence.Manifest;
import io.baler.worker.format.CsvColumns;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.format.Format;
import io.baler.worker.signing.TestKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;
import tools.jackson.databind.json.JsonMapper;

/** Makes archives of the same records again and again, whole or resumed. */
final class TestArchives {

    static final CompressionThreads DIRECT = new CompressionThreads(Runnable::run, 1);
    static final Instant AS_OF = Instant.parse("2026-10-31T23:30:00Z");

    /** Of CSV archives. */
    static final List<String> COLUMNS = List.of("_id", "action", CsvColumns.OTHER);

    private TestArchives() {}

    /** What an archive was handed over as. */
    record Made(List<ArchivedPart> parts, ArchiveSummary summary) {

        byte[] bytes() {
            return concatenated(parts);
        }
    }

    static Engine engine(int logsPerFile, int maxFileBytes) {
        return engine(ArchiveFormat.JSON, logsPerFile, maxFileBytes);
    }

    static Engine engine(ArchiveFormat format, int logsPerFile, int maxFileBytes) {
        var columns = format == ArchiveFormat.CSV ? COLUMNS : null;
        var limits = new Format.Limits(logsPerFile, maxFileBytes, 1 << 20);
        // as a worker on this system makes it
        var library = DeflateLibrary.fastest();
        return Format.engine(format, library, Format.defaultLevel(format, library), columns, limits);
    }

    static ArchiveSpec spec(Engine engine, int partBytes) {
        return spec(ArchiveFormat.JSON, engine, partBytes);
    }

    static ArchiveSpec spec(ArchiveFormat format, Engine engine, int partBytes) {
        return spec("6592a1b0c0ffee0000000000", AS_OF, engine, PartSchedule.of(partBytes), facts(format));
    }

    static ArchiveSpec spec(String jobId, Instant asOf, Engine engine, PartSchedule schedule, ManifestFacts facts) {
        return new ArchiveSpec(jobId, asOf, Format.of(facts.format(), engine), engine, schedule, facts, TestKey.KEY);
    }

    static ManifestFacts facts(ArchiveFormat format) {
        var filters = JsonMapper.shared().createObjectNode().put("dateFrom", "2026-10-01T00:00:00Z");
        var source = new Manifest.Source("wiki", "activities", "user", "action", "createdAt", null);
        return new ManifestFacts(
                "alice", filters, source, format, new ChainLink(2, "ab".repeat(32), "before"), 1_000_000L);
    }

    static List<RawBsonDocument> records(int count, long seed) {
        return IntStream.range(0, count)
                .mapToObj(i -> record(i, new Random(seed + i)))
                .toList();
    }

    /** Like those, with an {@code _id} of several kinds, in MongoDB's order, and every tenth invalid in some way. */
    static List<RawBsonDocument> oddRecords(int count, long seed) {
        return IntStream.range(0, count)
                .mapToObj(i -> oddRecord(i, count, new Random(seed + i)))
                .toList();
    }

    private static RawBsonDocument oddRecord(int i, int count, Random random) {
        var kinds = IdKind.values();
        var record = record(id(kinds[(int) ((long) i * kinds.length / count)], i), i, random);
        return switch (random.nextInt(20)) {
            case 0 -> BrokenRecords.withBrokenText(record, "action");
            case 1 -> BrokenRecords.withUnknownType(record, "n");
            default -> record;
        };
    }

    private static BsonValue id(IdKind kind, int i) {
        return switch (kind) {
            case NUMBER -> i % 2 == 0 ? new BsonInt32(i) : new BsonDouble(i + 0.5);
            case STRING -> new BsonString("=%06d".formatted(i));
            case DOCUMENT -> new BsonDocument("at", new BsonInt64(i));
            case BINARY -> new BsonBinary("%06d".formatted(i).getBytes(US_ASCII));
            case OBJECT_ID -> new BsonObjectId(new ObjectId(1_700_000_000, i));
            case BOOLEAN -> BsonBoolean.valueOf(i % 2 == 1);
            case DATE -> new BsonDateTime(i);
            case TIMESTAMP -> new BsonTimestamp(i, i);
        };
    }

    private static RawBsonDocument record(int i, Random random) {
        return record(new BsonObjectId(new ObjectId(1_700_000_000 + i / 10, i)), i, random);
    }

    private static RawBsonDocument record(BsonValue id, int i, Random random) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        var document = new BsonDocument("_id", id)
                .append("action", new BsonString("PAGE_VIEW"))
                .append("n", new BsonInt32(i))
                .append("createdAt", new BsonDateTime(1_700_000_000_000L + i * 100L))
                .append("noise", new BsonString(HexFormat.of().formatHex(noise)));
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    static Made make(ArchiveSpec spec, List<RawBsonDocument> records) {
        return make(spec, records, DIRECT);
    }

    static Made make(ArchiveSpec spec, List<RawBsonDocument> records, CompressionThreads deflaters) {
        return resume(spec, List.of(), records, deflaters);
    }

    /** Goes on behind the committed parts, as another worker would: from what was recorded of them. */
    static Made resume(
            ArchiveSpec spec,
            List<ArchivedPart> committed,
            List<RawBsonDocument> records,
            CompressionThreads deflaters) {
        List<ArchivedPart> parts = new ArrayList<>();
        var checkpoint = checkpointBehind(committed);
        var recorded = committed.stream().flatMap(part -> part.files().stream()).toList();
        try (var archive = ExportArchive.open(spec, checkpoint, recorded, deflaters, parts::add)) {
            int done = (int) checkpoint.totalExportedCount();
            records.subList(done, records.size()).forEach(archive::append);
            return new Made(parts, archive.finish());
        }
    }

    static Checkpoint checkpointBehind(List<ArchivedPart> committed) {
        if (committed.isEmpty()) {
            return Checkpoint.EMPTY;
        }
        var last = committed.get(committed.size() - 1);
        return new Checkpoint(
                committed.size(),
                last.lastId(),
                last.totalCount(),
                "key",
                "upload",
                last.totalBytes(),
                uploaded(committed.size()),
                last.digest(),
                last.nextFileIndex(),
                last.isLast());
    }

    static Checkpoint checkpointBehindOnePart(int files, long count, long bytes, String digest) {
        return new Checkpoint(1, null, count, "key", "upload", bytes, uploaded(1), digest, files, false);
    }

    private static List<UploadedPart> uploaded(int parts) {
        return IntStream.rangeClosed(1, parts)
                .mapToObj(n -> new UploadedPart(n, "\"etag\"", "", 0, 1))
                .toList();
    }

    static byte[] concatenated(List<ArchivedPart> parts) {
        var out = new ByteArrayOutputStream();
        parts.forEach(part -> out.writeBytes(bytes(part)));
        return out.toByteArray();
    }

    static byte[] bytes(ArchivedPart part) {
        ByteBuffer buffer = part.bytes();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
