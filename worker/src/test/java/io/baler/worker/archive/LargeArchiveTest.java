package io.baler.worker.archive;

import static io.baler.worker.archive.TestArchives.DIRECT;
import static io.baler.worker.archive.TestArchives.engine;
import static io.baler.worker.archive.TestArchives.records;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.baler.job.ArchiveFormat;
import io.baler.job.ArchivedFile;
import io.baler.job.Checkpoint;
import io.baler.job.InvalidRecords;
import io.baler.job.evidence.Manifest;
import io.baler.worker.Effort;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * More files and more bytes than 16 and 32 bits can count, which a ZIP without its 64-bit extension cannot say. The files of the parts before are only
 * claimed, so that nobody has to make them; a file with holes stands for them.
 */
class LargeArchiveTest {

    private static final int LOCAL_HEADER = 30;
    private static final int ADDED = 10;
    /** More than 16 bits can count. */
    private static final int MANY = (1 << 16) + 10;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "70000, 70000", // too many and too large
        "400, 13000000", // too large
        "65522, 10", // with those added, the manifest and its signature: as many as can be said
        "65523, 10" // one more
    })
    void whatIsAddedBehindThemCanBeReadByOthers(int files, int bytesEach) throws Exception {
        var spec = spec(files, bytesEach);
        var claimed = claimed(spec, files, bytesEach);
        long end = endOf(spec, claimed.get(files - 1));

        Path zip = write(resume(spec, claimed), end);

        String first = spec.fileName(files);
        String last = spec.fileName(files + ADDED - 1);
        try (var opened = new ZipFile(zip.toFile())) {
            assertThat(opened.size()).isEqualTo(files + ADDED + 2);
            assertThat(opened.getEntry(spec.fileName(0)).getCompressedSize()).isEqualTo(bytesEach);
            for (String name : List.of(first, last, Manifest.NAME)) {
                assertThat(opened.getInputStream(opened.getEntry(name)).readAllBytes())
                        .hasSize((int) opened.getEntry(name).getSize());
            }
        }
        String count = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); [z.read(n) for n in sys.argv[2:]];"
                + " print(len(z.namelist()))";
        assertThat(OnThePath.run("python3", "-c", count, zip.toString(), first, last, Manifest.NAME))
                .isEqualTo(files + ADDED + 2 + "\n");
        assertThat(OnThePath.run("unzip", "-p", zip.toString(), first)).contains("\"PAGE_VIEW\"");
    }

    @ParameterizedTest
    @EnumSource
    void anArchiveAsLargeAsS3TakesIsReplayedInNoTime(ArchiveFormat format) {
        int files = Effort.of(37_000, 370_000);
        int bytesEach = Effort.of(10_000_000, 1_000_000);
        var spec = spec(format, files, bytesEach);
        var claimed = claimed(spec, files, bytesEach);

        var parts = resume(spec, claimed);

        assertThat(parts.get(0).totalBytes()).isGreaterThan(370_000_000_000L);
    }

    @ParameterizedTest
    @EnumSource(names = {"NDJSON_GZ", "NDJSON_ZST"})
    void whatIsAddedToAStreamDoesNotDependOnWhatIsBeforeIt(ArchiveFormat format) throws Exception {
        var spec = spec(format, 70_000, 100_000);
        var claimed = claimed(spec, 70_000, 100_000);

        var parts = resume(spec, claimed);

        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).files().get(0).offset()).isEqualTo(7_000_000_000L);
        assertThat(parts.get(0).totalBytes())
                .isEqualTo(7_000_000_000L + parts.get(0).bytes().remaining());
        assertThat(ReadArchive.records(format, TestArchives.bytes(parts.get(0))))
                .isEqualTo(ReadArchive.encoded(records(ADDED, 1)));
    }

    @ParameterizedTest
    @CsvSource({"NDJSON_GZ, zcat", "NDJSON_ZST, zstdcat"})
    void manyMembersAreReadAsOneFile(ArchiveFormat format, String program) throws Exception {
        // to begin a frame takes longer than to begin a member
        int many = format == ArchiveFormat.NDJSON_GZ ? MANY : Effort.of(10_000, MANY);
        var spec = spec(format, 0, 0);
        Path stream = directory.resolve("many." + format.suffix());
        try (var out = new BufferedOutputStream(Files.newOutputStream(stream));
                var archive = ExportArchive.open(
                        spec, Checkpoint.EMPTY, List.of(), DIRECT, part -> write(TestArchives.bytes(part), out))) {
            for (int i = 0; i < many; i++) {
                archive.append(RawBsonDocument.parse("{_id: " + i + "}"));
            }
            archive.finish();
        }

        try (var lines = reader(format, stream)) {
            assertThat(lines.lines().count()).isEqualTo(many);
        }
        assertThat(OnThePath.run(program, stream.toString()))
                .startsWith("{\"_id\":0}\n")
                .endsWith("\n{\"_id\":" + (many - 1) + "}\n");
    }

    private static BufferedReader reader(ArchiveFormat format, Path stream) throws IOException {
        var in = Files.newInputStream(stream);
        return new BufferedReader(new InputStreamReader(
                format == ArchiveFormat.NDJSON_GZ ? new GZIPInputStream(in, 1 << 16) : new ZstdInputStream(in), UTF_8));
    }

    private static void write(byte[] part, OutputStream out) {
        try {
            out.write(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ArchivedPart> resume(ArchiveSpec spec, List<ArchivedFile> claimed) {
        List<ArchivedPart> parts = new ArrayList<>();
        var checkpoint = TestArchives.checkpointBehindOnePart(
                claimed.size(),
                claimed.size(),
                endOf(spec, claimed.get(claimed.size() - 1)),
                ArchiveDigest.restore(null).save());
        try (var archive = ExportArchive.open(spec, checkpoint, claimed, DIRECT, parts::add)) {
            records(ADDED, 1).forEach(archive::append);
            archive.finish();
        }
        return parts;
    }

    private static ArchiveSpec spec(int files, int bytesEach) {
        return spec(ArchiveFormat.JSON, files, bytesEach);
    }

    private static ArchiveSpec spec(ArchiveFormat format, int files, int bytesEach) {
        return TestArchives.spec(
                "big-" + files + "-" + bytesEach,
                TestArchives.AS_OF,
                engine(format, 1, 1 << 20),
                PartSchedule.startingAt(8 << 20),
                TestArchives.facts(format));
    }

    private static List<ArchivedFile> claimed(ArchiveSpec spec, int files, int bytesEach) {
        List<ArchivedFile> claimed = new ArrayList<>();
        long offset = 0;
        var id = new BsonInt32(1);
        for (int i = 0; i < files; i++) {
            var file = new ArchivedFile(
                    spec.fileName(i),
                    i,
                    5L * bytesEach,
                    bytesEach,
                    offset,
                    1,
                    id,
                    id,
                    "",
                    List.of(),
                    InvalidRecords.NONE);
            claimed.add(file);
            offset = endOf(spec, file);
        }
        return claimed;
    }

    private static long endOf(ArchiveSpec spec, ArchivedFile file) {
        int header = spec.facts().format().holdsManifest()
                ? LOCAL_HEADER + file.name().length()
                : 0;
        return file.offset() + header + file.compressedSize();
    }

    private Path write(List<ArchivedPart> parts, long offset) throws IOException {
        Path zip = directory.resolve("large.zip");
        try (var channel = FileChannel.open(
                zip, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.position(offset);
            for (ArchivedPart part : parts) {
                channel.write(part.bytes());
            }
        }
        return zip;
    }
}
