package io.baler.worker.archive;

import static io.baler.worker.archive.TestArchives.engine;
import static io.baler.worker.archive.TestArchives.make;
import static io.baler.worker.archive.TestArchives.oddRecords;
import static io.baler.worker.archive.TestArchives.records;
import static io.baler.worker.archive.TestArchives.spec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.evidence.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What was put into an archive comes out of it, whoever reads it. */
class EveryFormatTest {

    @TempDir
    private Path directory;

    static Stream<Arguments> formatsAndCounts() {
        return Arrays.stream(ArchiveFormat.values())
                .flatMap(format ->
                        Stream.of(1, 9_999, 10_000, 10_001, 25_000).map(count -> Arguments.of(format, count)));
    }

    @ParameterizedTest
    @MethodSource("formatsAndCounts")
    void everyRecordIsInItOnceAndInOrder(ArchiveFormat format, int count) throws IOException {
        var records = records(count, 1);

        var made = make(spec(format, engine(format, 10_000, 16 << 20), 1 << 20), records);

        assertThat(made.summary().count()).isEqualTo(count);
        assertThat(made.summary().files()).isEqualTo((count + 9_999) / 10_000);
        assertThat(ReadArchive.records(format, made.bytes())).isEqualTo(ReadArchive.encoded(records));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"JSON", "NDJSON", "CSV"})
    void everyFileOfAZipIsWholeByItself(ArchiveFormat format) throws IOException {
        var records = records(10, 2);

        var files = ReadArchive.files(format, archive(format, records));

        assertThat(files.keySet())
                .containsExactly(
                        "audit-logs-6592a1b0c0ffee0000000000-000000." + format.value(),
                        "audit-logs-6592a1b0c0ffee0000000000-000001." + format.value(),
                        "audit-logs-6592a1b0c0ffee0000000000-000002." + format.value());
        assertThat(files.values().stream()
                        .map(text -> ReadArchive.records(format, text).count()))
                .containsExactly(4L, 4L, 2L);
    }

    @Test
    void aJsonFileIsAnArray() throws IOException {
        var files = ReadArchive.files(ArchiveFormat.JSON, archive(ArchiveFormat.JSON, oddRecords(100, 2)));

        assertThat(files.values()).hasSize(25).allSatisfy(text -> {
            assertThat(text).startsWith("[\n{").endsWith("}\n]\n");
            assertThat(JsonMapper.shared().readTree(text)).hasSize(4);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "NDJSON.*")
    void everyLineIsAnObject(ArchiveFormat format) throws IOException {
        var records = oddRecords(100, 3);

        var lines = ReadArchive.records(format, archive(format, records));

        assertThat(lines)
                .hasSize(100)
                .allSatisfy(
                        line -> assertThat(JsonMapper.shared().readTree(line).isObject())
                                .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void theManifestKnowsEachFilesBytes(ArchiveFormat format) throws IOException {
        var made = make(spec(format, engine(format, 4, 1 << 20), 500), oddRecords(50, 4));

        var files = made.parts().stream().flatMap(part -> part.files().stream()).toList();
        var texts = String.join("", ReadArchive.files(format, made.bytes()).values());
        var size = files.stream().mapToLong(file -> file.size()).sum();
        assertThat(texts.getBytes(UTF_8)).hasSize((int) size);
        int at = 0;
        for (var file : files) {
            var text = Arrays.copyOfRange(texts.getBytes(UTF_8), at, at += (int) file.size());
            assertThat(file.sha256()).isEqualTo(Sha256.hex(text, text.length));
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"NDJSON_GZ", "NDJSON_ZST"})
    void aStreamHoldsItsRecordsAndAnEmptyEndAndItsManifestIsBesideIt(ArchiveFormat format) {
        var made = make(spec(format, engine(format, 4, 1 << 20), 1 << 20), records(10, 5));

        var last = made.parts().get(0).files().get(2);
        var end = made.bytes().length - (last.offset() + last.compressedSize());
        assertThat(end).isEqualTo(format == ArchiveFormat.NDJSON_GZ ? 20 : 9);
        assertThat(made.parts().get(0).manifest().dataBytes()).isEqualTo(made.bytes().length);
        assertThat(made.parts().get(0).manifest().offset()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"JSON", "NDJSON", "CSV"})
    void theManifestIsReadOutOfAZipByItsPlace(ArchiveFormat format) {
        var made = make(spec(format, engine(format, 4, 1 << 20), 1 << 20), records(10, 5));

        var manifest = made.parts().get(0).manifest();
        var at = (int) manifest.offset();
        var text = new String(made.bytes(), at, (int) manifest.bytes(), UTF_8);

        assertThat(JsonMapper.shared().readTree(text).get("exportedCount").intValue())
                .isEqualTo(10);
        assertThat(manifest.sha256()).isEqualTo(Sha256.hex(text.getBytes(UTF_8), text.length()));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"JSON", "NDJSON", "CSV"})
    void unzipAndPythonFindAZipSound(ArchiveFormat format) throws Exception {
        var file = write(format, archive(format, oddRecords(200, 7)));

        OnThePath.run("unzip", "-t", file.toString());
        OnThePath.run("python3", "-m", "zipfile", "-t", file.toString());
        assertThat(OnThePath.run("unzip", "-Z1", file.toString()).lines()).contains(Manifest.NAME);
    }

    @Test
    void pythonsCsvModuleReadsWhatWasWritten() throws Exception {
        var records = records(200, 8);
        var zip = write(ArchiveFormat.CSV, archive(ArchiveFormat.CSV, records));
        var script = """
                import csv, io, json, sys, zipfile
                z = zipfile.ZipFile(sys.argv[1])
                for name in z.namelist():
                    if name.endswith('.csv'):
                        for row in csv.DictReader(io.TextIOWrapper(z.open(name), 'utf-8', newline=''), strict=True):
                            whole = {'_id': row['_id'], 'action': row['action'], **json.loads(row['_other'])}
                            print(json.dumps(whole, separators=(',', ':'), ensure_ascii=True))
                """;

        assertThat(OnThePath.run("python3", "-c", script, zip.toString()).lines())
                .isEqualTo(ReadArchive.encoded(records));
    }

    @Test
    void gzipZcatAndPythonReadAStreamOfMembers() throws Exception {
        var records = oddRecords(200, 9);
        var file = write(ArchiveFormat.NDJSON_GZ, archive(ArchiveFormat.NDJSON_GZ, records));
        var expected = lines(ArchiveFormat.NDJSON_GZ, records);
        var script = "import gzip, sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())";

        OnThePath.run("gzip", "-t", file.toString());
        assertThat(OnThePath.run("zcat", file.toString())).isEqualTo(expected);
        assertThat(OnThePath.run("python3", "-c", script, file.toString())).isEqualTo(expected);
    }

    @Test
    void zstdAndZstdcatReadAStreamOfFrames() throws Exception {
        var records = oddRecords(200, 10);
        var file = write(ArchiveFormat.NDJSON_ZST, archive(ArchiveFormat.NDJSON_ZST, records));

        OnThePath.run("zstd", "-t", file.toString());
        assertThat(OnThePath.run("zstdcat", file.toString())).isEqualTo(lines(ArchiveFormat.NDJSON_ZST, records));
        assertThat(OnThePath.run("zstd", "-lv", file.toString()))
                .contains("Frames: 51", "Decompressed Size: ", "Check: XXH64");
    }

    private static byte[] archive(ArchiveFormat format, List<RawBsonDocument> records) {
        return make(spec(format, engine(format, 4, 1 << 20), 2_000), records).bytes();
    }

    private static String lines(ArchiveFormat format, List<RawBsonDocument> records) throws IOException {
        return ReadArchive.records(format, archive(format, records)).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private Path write(ArchiveFormat format, byte[] archive) throws IOException {
        return Files.write(directory.resolve("archive." + format.suffix()), archive);
    }
}
