package io.baler.worker.archive;

import static io.baler.worker.archive.TestArchives.engine;
import static io.baler.worker.archive.TestArchives.make;
import static io.baler.worker.archive.TestArchives.records;
import static io.baler.worker.archive.TestArchives.spec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.evidence.Manifest;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.JsonEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ExportArchiveTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"1, 1", "9999, 1", "10000, 1", "10001, 2", "25000, 3"})
    void everyRecordIsInItOnceAndInOrder(int count, int files) throws IOException {
        var records = records(count, 1);

        var made = make(spec(engine(10_000, 16 << 20), 1 << 20), records);

        var data = dataFiles(made.bytes());
        assertThat(data).hasSize(files);
        assertThat(made.summary().count()).isEqualTo(count);
        assertThat(made.summary().files()).isEqualTo(files);
        assertThat(recordLines(data)).isEqualTo(encoded(records));
    }

    @Test
    void everyFileIsAJsonArrayWithARecordALine() throws IOException {
        var made = make(spec(engine(4, 1 << 20), 1 << 20), records(10, 2));

        var data = dataFiles(made.bytes());

        assertThat(data.keySet())
                .containsExactly(
                        "audit-logs-6592a1b0c0ffee0000000000-000000.json",
                        "audit-logs-6592a1b0c0ffee0000000000-000001.json",
                        "audit-logs-6592a1b0c0ffee0000000000-000002.json");
        assertThat(data.values()).allSatisfy(text -> {
            assertThat(text).startsWith("[\n{").endsWith("}\n]\n");
            assertThat(JsonMapper.shared().readTree(text).size())
                    .isEqualTo(text.lines().count() - 2);
        });
    }

    @Test
    void aFileClosesWithTheRecordThatBringsItToItsBytes() throws IOException {
        var records = records(100, 3);

        var data = dataFiles(make(spec(engine(10_000, 1_000), 1 << 20), records).bytes());

        assertThat(recordLines(data)).isEqualTo(encoded(records));
        var texts = new ArrayList<>(data.values());
        for (String text : texts.subList(0, texts.size() - 1)) {
            String untilLast = text.substring(0, text.lastIndexOf("\n{"));
            assertThat(untilLast.length()).isLessThan(1_000 + 1);
            assertThat(text.length() - "\n]\n".length()).isGreaterThanOrEqualTo(1_000);
        }
    }

    @Test
    void aPartEndsWithTheFirstFileThatBringsItToItsSize() {
        var parts = make(spec(engine(5, 1 << 20), 3_000), records(500, 4)).parts();

        assertThat(parts).hasSizeGreaterThan(5);
        long offset = 0;
        int file = 0;
        for (ArchivedPart part : parts) {
            long end = offset + part.bytes().remaining();
            assertThat(part.n()).isEqualTo(parts.indexOf(part) + 1);
            assertThat(part.totalBytes()).isEqualTo(end);
            assertThat(part.files().get(0).offset()).isEqualTo(offset);
            if (!part.isLast()) {
                var last = part.files().get(part.files().size() - 1);
                assertThat(part.bytes().remaining()).isGreaterThanOrEqualTo(3_000);
                assertThat(last.offset() - offset).isLessThan(3_000);
                assertThat(part.lastId()).isEqualTo(last.lastId());
            }
            file += part.files().size();
            assertThat(part.nextFileIndex()).isEqualTo(file);
            offset = end;
        }
        assertThat(parts.stream().filter(ArchivedPart::isLast)).containsExactly(parts.get(parts.size() - 1));
    }

    @Test
    void eachPartCountsTheRecordsUpToItsEnd() {
        var records = records(500, 4);

        var parts = make(spec(engine(5, 1 << 20), 3_000), records).parts();

        long count = 0;
        for (ArchivedPart part : parts) {
            for (var file : part.files()) {
                assertThat(file.firstId()).isEqualTo(records.get((int) count).get("_id"));
                count += file.count();
                assertThat(file.lastId()).isEqualTo(records.get((int) count - 1).get("_id"));
            }
            assertThat(part.totalCount()).isEqualTo(count);
            assertThat(part.lastId()).isEqualTo(records.get((int) count - 1).get("_id"));
        }
        assertThat(count).isEqualTo(500);
    }

    @Test
    void checksumsAndDigestsAreThoseOfTheBytes() throws Exception {
        var made = make(spec(engine(5, 1 << 20), 3_000), records(300, 5));

        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(made.bytes()));
        assertThat(made.summary().sha256()).isEqualTo(sha256);
        assertThat(made.summary().bytes()).isEqualTo(made.bytes().length);
        assertThat(made.summary().parts()).isEqualTo(made.parts().size());
        var last = made.parts().get(made.parts().size() - 1);
        assertThat(ArchiveDigest.sha256(last.digest())).isEqualTo(sha256);
        for (ArchivedPart part : made.parts()) {
            var crc = new CRC32();
            crc.update(part.bytes());
            assertThat(ByteBuffer.wrap(Base64.getDecoder().decode(part.checksum()))
                            .getInt())
                    .isEqualTo((int) crc.getValue());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-31T23:59:59.999Z, 2026-10-31T12:00:00",
        "2026-11-01T00:00:00Z, 2026-11-01T12:00:00",
        "1975-05-05T05:05:05Z, 1980-01-01T12:00:00",
        "2200-05-05T05:05:05Z, 2107-12-31T12:00:00"
    })
    void entriesAreOfTheDayOfTheResultSet(Instant asOf, LocalDateTime expected) throws IOException {
        var plain = spec(engine(5, 1 << 20), 3_000);
        var spec = TestArchives.spec(plain.jobId(), asOf, plain.engine(), plain.schedule(), plain.facts());

        for (ZipEntry entry : entries(make(spec, records(10, 6)).bytes())) {
            assertThat(entry.getTimeLocal()).isEqualTo(expected);
        }
    }

    @Test
    void anArchiveWithoutRecordsHoldsItsManifest() throws IOException {
        var made = make(spec(engine(5, 1 << 20), 3_000), List.of());

        assertThat(entries(made.bytes()))
                .extracting(ZipEntry::getName)
                .containsExactly(Manifest.NAME, Manifest.SIGNATURE_NAME);
        assertThat(made.parts()).hasSize(1);
        assertThat(made.parts().get(0).lastId()).isNull();
    }

    @Test
    void theJdkCommonsCompressUnzipAndPythonCanReadIt() throws Exception {
        Path file = Files.write(
                directory.resolve("archive.zip"),
                make(spec(engine(100, 1 << 20), 20_000), records(1_000, 7)).bytes());

        try (var zip = new java.util.zip.ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(12);
        }
        try (var zip = org.apache.commons.compress.archivers.zip.ZipFile.builder()
                .setPath(file)
                .get()) {
            for (var entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                var content = zip.getInputStream(entry).readAllBytes();
                assertThat(content).hasSize((int) entry.getSize());
                assertThat(entry.getGeneralPurposeBit().usesDataDescriptor()).isFalse();
            }
        }
        OnThePath.run("unzip", "-t", file.toString());
        OnThePath.run("python3", "-m", "zipfile", "-t", file.toString());
    }

    private static List<ZipEntry> entries(byte[] zip) throws IOException {
        List<ZipEntry> entries = new ArrayList<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                in.readAllBytes();
                entries.add(entry);
            }
        }
        return entries;
    }

    private static Map<String, String> dataFiles(byte[] zip) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
            }
        }
        assertThat(files.remove(Manifest.NAME)).isNotNull();
        assertThat(files.remove(Manifest.SIGNATURE_NAME)).isNotNull();
        return files;
    }

    private static List<String> recordLines(Map<String, String> files) {
        return files.values().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("{"))
                .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
                .toList();
    }

    private static List<String> encoded(List<RawBsonDocument> records) {
        var out = new GrowableBytes(0);
        return IntStream.range(0, records.size())
                .mapToObj(i -> {
                    out.clear();
                    JsonEncoder.encode(records.get(i), out);
                    return new String(out.array(), 0, out.length(), UTF_8);
                })
                .toList();
    }
}
