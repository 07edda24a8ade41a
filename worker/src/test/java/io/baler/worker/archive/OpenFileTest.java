package io.baler.worker.archive;

import static io.baler.worker.archive.TestArchives.engine;
import static io.baler.worker.archive.TestArchives.make;
import static io.baler.worker.archive.TestArchives.oddRecords;
import static io.baler.worker.archive.TestArchives.records;
import static io.baler.worker.archive.TestArchives.spec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baler.job.ArchiveFormat;
import io.baler.job.ArchivedFile;
import io.baler.job.IdKind;
import io.baler.job.IdRun;
import io.baler.job.InvalidRecords;
import io.baler.worker.Effort;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.MalformedRecord;
import io.baler.worker.format.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a file of records remembers of them besides their bytes. */
class OpenFileTest {

    private static final int DAMAGED = Effort.of(10_000, 200_000);
    private static final List<BsonValue> IDS = List.of(
            new BsonInt32(1),
            new BsonDouble(1.5),
            new BsonInt64(2),
            new BsonString("a"),
            new BsonSymbol("b"),
            new BsonDocument("x", new BsonInt32(1)),
            new BsonObjectId(new ObjectId(1, 1)),
            new BsonObjectId(new ObjectId(2, 1)),
            new BsonBoolean(true),
            new BsonDateTime(5));
    private static final List<IdKind> KINDS = List.of(
            IdKind.NUMBER,
            IdKind.NUMBER,
            IdKind.NUMBER,
            IdKind.STRING,
            IdKind.STRING,
            IdKind.DOCUMENT,
            IdKind.OBJECT_ID,
            IdKind.OBJECT_ID,
            IdKind.BOOLEAN,
            IdKind.DATE);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 10, 100})
    void theKindsOfIdsAreRememberedInEachFileForItself(int logsPerFile) {
        var made = make(
                spec(engine(logsPerFile, 1 << 20), 1 << 20),
                IDS.stream().map(OpenFileTest::recordOf).toList());

        List<IdKind> kinds = new ArrayList<>();
        for (var file : files(made)) {
            assertThat(file.ids().stream().mapToLong(IdRun::count).sum()).isEqualTo(file.count());
            assertThat(file.firstId()).isEqualTo(IDS.get(kinds.size()));
            IdKind before = null;
            for (var run : file.ids()) {
                assertThat(run.kind()).isNotEqualTo(before);
                before = run.kind();
                kinds.addAll(Collections.nCopies((int) run.count(), run.kind()));
            }
            assertThat(file.lastId()).isEqualTo(IDS.get(kinds.size() - 1));
        }
        assertThat(kinds).isEqualTo(KINDS);
    }

    @Test
    void invalidRecordsAreCountedExactlyAndTheFirstHundredAreNamed() {
        var records = IntStream.range(0, 260)
                .mapToObj(i -> i % 2 == 0 ? BrokenRecords.withBrokenText(plain(i), "a") : plain(i))
                .toList();

        var file = files(make(spec(engine(1_000, 1 << 20), 1 << 20), records)).get(0);

        assertThat(file.invalid().count()).isEqualTo(130);
        assertThat(file.invalid().firstIds())
                .isEqualTo(IntStream.range(0, InvalidRecords.NAMED)
                        .mapToObj(i -> new BsonInt32(2 * i))
                        .toList());
    }

    @Test
    void eachFileNamesItsOwnInvalidRecordsAndTheManifestAllOfThem() throws IOException {
        var sound = records(10, 1);
        var records = List.of(
                BrokenRecords.withUnknownType(sound.get(0), "n"),
                sound.get(1),
                sound.get(2),
                sound.get(3),
                BrokenRecords.withBrokenText(sound.get(4), "action"),
                BrokenRecords.withLengthThatLies(sound.get(5), "noise"));

        var made = make(spec(engine(2, 1 << 20), 1 << 20), records);

        assertThat(files(made).stream().map(ArchivedFile::invalid))
                .containsExactly(
                        new InvalidRecords(1, List.of(sound.get(0).get("_id"))),
                        InvalidRecords.NONE,
                        new InvalidRecords(
                                2, List.of(sound.get(4).get("_id"), sound.get(5).get("_id"))));
        var manifest = manifest(made);
        assertThat(manifest.get("invalidRecords").intValue()).isEqualTo(3);
        assertThat(manifest.at("/files/0/invalidRecords/ids/0").asString())
                .isEqualTo(sound.get(0).getObjectId("_id").getValue().toHexString());
        assertThat(manifest.at("/files/2/invalidRecords/count").intValue()).isEqualTo(2);
        assertThat(manifest.at("/files/1").has("invalidRecords")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatIsNoBsonKeepsAllItsBytes(ArchiveFormat format) throws IOException {
        var broken = BrokenRecords.withUnknownType(plain(7), "a");

        var made = make(spec(format, engine(format, 10, 1 << 20), 1 << 20), List.of(plain(6), broken, plain(8)));

        var text = String.join("", ReadArchive.files(format, made.bytes()).values());
        var base64 = text.replace("\"\"", "\"").split("\"\\$bson\":\"", 2)[1].split("\"", 2)[0];
        assertThat(Base64.getDecoder().decode(base64)).isEqualTo(BrokenRecords.copy(broken));
        assertThat(files(made).get(0).invalid()).isEqualTo(new InvalidRecords(1, List.of(new BsonInt32(7))));
    }

    @Test
    void textThatIsNotUtf8KeepsItsBytes() throws IOException {
        var broken = BrokenRecords.withBrokenText(plain(7), "a");

        var made = make(spec(engine(10, 1 << 20), 1 << 20), List.of(broken));

        var record = JsonMapper.shared()
                .readTree(ReadArchive.records(ArchiveFormat.JSON, made.bytes()).get(0));
        assertThat(Base64.getDecoder().decode(record.at("/a/$binary/base64").asString()))
                .isEqualTo(new byte[] {(byte) 0xFF, 'e', 'x', 't'});
    }

    @Test
    void anIdThatCannotBeOrderedByOrReadIsRefusedAndLeavesTheFileAsItWas() {
        var engine = engine(10, 1 << 20);
        var bytes = new GrowableBytes(0);
        var file = new OpenFile(engine, Format.of(ArchiveFormat.JSON, engine).layout(), bytes);
        file.add(plain(1));
        int before = bytes.length();
        var text = recordOf(new BsonString("id"));

        Stream.of(
                        recordOf(new BsonNull()),
                        RawBsonDocument.parse("{a: 1}"),
                        BrokenRecords.withLengthThatLies(text, "_id"),
                        BrokenRecords.withUnknownType(text, "_id"),
                        // an old binary that does not repeat its length
                        new RawBsonDocument(new byte[] {18, 0, 0, 0, 5, '_', 'i', 'd', 0, 3, 0, 0, 0, 2, 1, 2, 3, 0}),
                        // behind what cannot be read
                        BrokenRecords.withUnknownType(RawBsonDocument.parse("{a: 1, _id: 2}"), "a"))
                .forEach(refused -> assertThatExceptionOfType(MalformedRecord.class)
                        .isThrownBy(() -> file.add(refused))
                        .withMessageContaining("_id"));

        assertThat(bytes.length()).isEqualTo(before);
        var closed = file.close("f");
        assertThat(closed.count()).isOne();
        assertThat(closed.ids()).containsExactly(new IdRun(IdKind.NUMBER, 1));
        assertThat(closed.invalid()).isEqualTo(InvalidRecords.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "NDJSON"})
    void whateverItsBytesAreARecordIsInTheFileOrRefused(ArchiveFormat format) {
        var engine = engine(format, 1_000_000, 1 << 30);
        var layout = Format.of(format, engine).layout();
        var random = new Random(3);
        int refused = 0;
        for (var records = oddRecords(DAMAGED, 3).iterator(); records.hasNext(); ) {
            var bytes = new GrowableBytes(0);
            var file = new OpenFile(engine, layout, bytes);
            int added = 0;
            for (int i = 0; i < 100; i++) {
                var damaged = damaged(records.next(), random);
                try {
                    file.add(damaged);
                    added++;
                } catch (MalformedRecord expected) {
                    refused++;
                }
            }

            var closed = file.close("f");

            assertThat(closed.count()).isEqualTo(added);
            assertThat(closed.ids().stream().mapToLong(IdRun::count).sum()).isEqualTo(added);
            var text = new String(bytes.array(), 0, bytes.length(), UTF_8);
            assertThat(ReadArchive.records(format, text))
                    .hasSize(added)
                    .allSatisfy(line -> assertThat(
                                    JsonMapper.shared().readTree(line).isObject())
                            .isTrue());
        }
        assertThat(refused).isBetween(DAMAGED / 100, DAMAGED / 2);
    }

    // anywhere but in its length, which the driver goes by
    private static RawBsonDocument damaged(RawBsonDocument record, Random random) {
        byte[] bytes = BrokenRecords.copy(record);
        for (int times = random.nextInt(3); times >= 0; times--) {
            int within = random.nextBoolean() ? 30 : bytes.length - Integer.BYTES;
            bytes[Integer.BYTES + random.nextInt(within)] = (byte) random.nextInt(256);
        }
        return new RawBsonDocument(bytes);
    }

    @Test
    void anIdThatIsNotFirstIsFound() {
        var made = make(
                spec(engine(10, 1 << 20), 1 << 20),
                List.of(
                        RawBsonDocument.parse("{a: {_id: 1}, _id: 'x'}"),
                        RawBsonDocument.parse("{_idx: 1, _id: 'y'}")));

        assertThat(files(made).get(0).ids()).containsExactly(new IdRun(IdKind.STRING, 2));
        assertThat(files(made).get(0).lastId()).isEqualTo(new BsonString("y"));
    }

    private static JsonNode manifest(TestArchives.Made made) {
        var manifest = made.parts().get(made.parts().size() - 1).manifest();
        var text = new String(made.bytes(), (int) manifest.offset(), (int) manifest.bytes(), UTF_8);
        return JsonMapper.shared().readTree(text);
    }

    private static List<ArchivedFile> files(TestArchives.Made made) {
        return made.parts().stream().flatMap(part -> part.files().stream()).toList();
    }

    private static RawBsonDocument plain(int id) {
        return RawBsonDocument.parse("{_id: " + id + ", a: 'text'}");
    }

    private static RawBsonDocument recordOf(BsonValue id) {
        return new RawBsonDocument(new BsonDocument("_id", id), new BsonDocumentCodec());
    }
}
