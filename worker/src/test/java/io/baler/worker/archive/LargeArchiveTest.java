package io.baler.worker.archive;

import static io.baler.worker.archive.TestArchives.DIRECT;
import static io.baler.worker.archive.TestArchives.engine;
import static io.baler.worker.archive.TestArchives.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.ArchivedFile;
import io.baler.job.InvalidRecords;
import io.baler.job.evidence.Manifest;
import io.baler.worker.Effort;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * More files and more bytes than a ZIP without its 64-bit extension can say. The files of the parts before are only
 * claimed, so that nobody has to make them; a file with holes stands for them.
 */
class LargeArchiveTest {

    private static final int LOCAL_HEADER = 30;
    private static final int ADDED = 10;

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
        long end = endOf(claimed.get(files - 1));

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

    @Test
    void anArchiveAsLargeAsS3TakesIsReplayedInNoTime() {
        int files = Effort.of(37_000, 370_000);
        int bytesEach = Effort.of(10_000_000, 1_000_000);
        var spec = spec(files, bytesEach);
        var claimed = claimed(spec, files, bytesEach);

        var parts = resume(spec, claimed);

        assertThat(parts.get(0).totalBytes()).isGreaterThan(370_000_000_000L);
    }

    private static List<ArchivedPart> resume(ArchiveSpec spec, List<ArchivedFile> claimed) {
        List<ArchivedPart> parts = new ArrayList<>();
        var checkpoint = TestArchives.checkpointBehindOnePart(
                claimed.size(),
                claimed.size(),
                endOf(claimed.get(claimed.size() - 1)),
                ArchiveDigest.restore(null).save());
        try (var archive = ExportArchive.open(spec, checkpoint, claimed, DIRECT, parts::add)) {
            records(ADDED, 1).forEach(archive::append);
            archive.finish();
        }
        return parts;
    }

    private static ArchiveSpec spec(int files, int bytesEach) {
        return TestArchives.spec(
                "big-" + files + "-" + bytesEach,
                TestArchives.AS_OF,
                engine(1, 1 << 20),
                PartSchedule.startingAt(8 << 20),
                TestArchives.facts(ArchiveFormat.JSON));
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
            offset = endOf(file);
        }
        return claimed;
    }

    private static long endOf(ArchivedFile file) {
        return file.offset() + LOCAL_HEADER + file.name().length() + file.compressedSize();
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
