package io.baler.worker.archive;

import static io.baler.worker.archive.TestArchives.engine;
import static io.baler.worker.archive.TestArchives.make;
import static io.baler.worker.archive.TestArchives.records;
import static io.baler.worker.archive.TestArchives.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.Checkpoint;
import io.baler.job.evidence.Manifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportArchiveTest {

    @TempDir
    private Path directory;

    @Test
    void aFileClosesWithTheRecordThatBringsItToItsBytes() throws IOException {
        var records = records(100, 3);

        byte[] archive = make(spec(engine(10_000, 1_000), 1 << 20), records).bytes();

        var texts = List.copyOf(ReadArchive.files(ArchiveFormat.JSON, archive).values());
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
    void memoryThatIsGivenBackIsUsedAgainAndChangesNothing() {
        var records = records(500, 4);
        var spec = spec(engine(5, 1 << 20), 3_000);
        var memory = new HashSet<Integer>();
        var bytes = new ByteArrayOutputStream();

        var spare = new ArrayDeque<ByteBuffer>();
        var archive = ExportArchive.open(spec, Checkpoint.EMPTY, List.of(), TestArchives.DIRECT, new PartSink() {
            @Override
            public void accept(ArchivedPart part) {
                byte[] copy = new byte[part.bytes().remaining()];
                part.bytes().get(copy);
                bytes.writeBytes(copy);
                memory.add(System.identityHashCode(part.bytes().array()));
                spare.add(part.bytes());
            }

            @Override
            public Optional<ByteBuffer> spare() {
                return Optional.ofNullable(spare.poll());
            }
        });
        records.forEach(archive::append);
        archive.finish();

        assertThat(bytes.toByteArray()).isEqualTo(make(spec, records).bytes());
        assertThat(memory).hasSizeLessThanOrEqualTo(2);
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
}
