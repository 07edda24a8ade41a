package io.baler.worker.archive;

import static io.baler.worker.archive.TestArchives.DIRECT;
import static io.baler.worker.archive.TestArchives.concatenated;
import static io.baler.worker.archive.TestArchives.engine;
import static io.baler.worker.archive.TestArchives.make;
import static io.baler.worker.archive.TestArchives.oddRecords;
import static io.baler.worker.archive.TestArchives.records;
import static io.baler.worker.archive.TestArchives.resume;
import static io.baler.worker.archive.TestArchives.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.baler.job.ArchiveFormat;
import io.baler.job.ArchivedFile;
import io.baler.worker.Effort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However often it is interrupted, wherever, and whoever goes on: the bytes are the same. */
class ResumedArchiveTest {

    private static final int SEEDS = Effort.of(20, 400);

    @ParameterizedTest
    @EnumSource
    void resumedBehindAnyPartTheArchiveIsTheSame(ArchiveFormat format) {
        int resumed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var spec = randomSpec(format, random);
            int count = 1 + random.nextInt(400);
            var records = random.nextInt(3) == 0 ? records(count, seed) : oddRecords(count, seed);
            var whole = make(spec, records);
            for (int done = 0; done < whole.parts().size(); done++) {
                var rest = resume(spec, whole.parts().subList(0, done), records, DIRECT);
                assertThat(rest.parts())
                        .as("seed %d behind part %d", seed, done)
                        .isEqualTo(whole.parts().subList(done, whole.parts().size()));
                assertThat(rest.summary()).isEqualTo(whole.summary());
                resumed++;
            }
        }
        assertThat(resumed).isGreaterThan(5 * SEEDS);
    }

    @ParameterizedTest
    @EnumSource
    void interruptedBehindEveryPartTheArchiveIsTheSame(ArchiveFormat format) {
        var spec = spec(format, engine(format, 7, 4_000), 3_000);
        var records = oddRecords(500, 1);
        var whole = make(spec, records);

        List<ArchivedPart> committed = new ArrayList<>();
        while (committed.isEmpty() || !committed.get(committed.size() - 1).isLast()) {
            commitOnePart(spec, records, committed);
        }

        assertThat(committed).hasSizeGreaterThan(10).isEqualTo(whole.parts());
        assertThat(concatenated(committed)).isEqualTo(whole.bytes());
    }

    @ParameterizedTest
    @EnumSource
    void theNumberOfThreadsDoesNotShow(ArchiveFormat format) {
        var spec = spec(format, engine(format, 20, 1 << 20), 5_000);
        var records = oddRecords(1_000, 5);
        var expected = make(spec, records);

        for (int threads : List.of(1, 2, 4)) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                for (int inFlight = 1; inFlight <= 5; inFlight++) {
                    assertThat(make(spec, records, new CompressionThreads(pool, inFlight)))
                            .isEqualTo(expected);
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Tokyo", "America/St_Johns", "Pacific/Apia", "Pacific/Kiritimati"})
    void theTimeZoneAndTheLocaleDoNotShow(String zone) {
        var specs = Arrays.stream(ArchiveFormat.values())
                .map(format -> spec(format, engine(format, 10, 1 << 20), 2_000))
                .toList();
        var records = oddRecords(50, 9);
        var expected = specs.stream().map(spec -> make(spec, records)).toList();

        TimeZone zoneBefore = TimeZone.getDefault();
        Locale localeBefore = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

            assertThat(specs.stream().map(spec -> make(spec, records))).isEqualTo(expected);
        } finally {
            TimeZone.setDefault(zoneBefore);
            Locale.setDefault(localeBefore);
        }
    }

    @Test
    void aRecordedOffsetThatLiesIsRefused() {
        var spec = spec(engine(5, 1 << 20), 2_000);
        var part = make(spec, records(200, 3)).parts().get(0);

        for (int wrong = 0; wrong < part.files().size(); wrong++) {
            List<ArchivedFile> files = new ArrayList<>(part.files());
            files.set(wrong, moved(files.get(wrong)));

            assertThatIllegalStateException()
                    .isThrownBy(() -> open(spec, part, files))
                    .withMessageContaining(
                            "the recorded offset of " + part.files().get(wrong).name());
        }
    }

    @Test
    void recordedFilesThatDoNotLeadToTheCheckpointAreRefused() {
        var spec = spec(engine(5, 1 << 20), 2_000);
        var part = make(spec, records(200, 3)).parts().get(0);
        var allButOne = part.files().subList(0, part.files().size() - 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> open(spec, part, allButOne))
                .withMessageContaining("the recorded number of files");
    }

    @Test
    void aDigestThatIsNoneIsRefused() {
        var checkpoint = TestArchives.checkpointBehindOnePart(0, 0, 0, "bm9uZQ==");

        assertThatIllegalStateException()
                .isThrownBy(() -> ExportArchive.open(spec(engine(1, 1), 1), checkpoint, List.of(), DIRECT, part -> {}))
                .withMessageContaining("digest");
    }

    @Test
    void aFrozenArchiveIsNotGoneOnWith() {
        var spec = spec(engine(5, 1 << 20), 1 << 20);
        var parts = make(spec, records(10, 3)).parts();
        var checkpoint = TestArchives.checkpointBehind(parts);

        assertThatIllegalStateException()
                .isThrownBy(
                        () -> ExportArchive.open(spec, checkpoint, parts.get(0).files(), DIRECT, part -> {}))
                .withMessageContaining("frozen");
    }

    private static void commitOnePart(ArchiveSpec spec, List<RawBsonDocument> records, List<ArchivedPart> committed) {
        var checkpoint = TestArchives.checkpointBehind(committed);
        var recorded = committed.stream().flatMap(part -> part.files().stream()).toList();
        int before = committed.size();
        PartSink oneOnly = part -> {
            if (committed.size() > before) {
                throw new Crash();
            }
            committed.add(part);
        };
        try (var archive = ExportArchive.open(spec, checkpoint, recorded, DIRECT, oneOnly)) {
            records.subList((int) checkpoint.totalExportedCount(), records.size())
                    .forEach(archive::append);
            archive.finish();
        } catch (Crash expected) {
            assertThat(committed).hasSize(before + 1);
        }
    }

    private static ArchiveSpec randomSpec(ArchiveFormat format, Random random) {
        var engine = engine(format, 1 + random.nextInt(40), 500 + random.nextInt(20_000));
        return spec(format, engine, 1_000 + random.nextInt(5_000));
    }

    private static ExportArchive open(ArchiveSpec spec, ArchivedPart behind, List<ArchivedFile> recorded) {
        var checkpoint = TestArchives.checkpointBehind(List.of(behind));
        return ExportArchive.open(spec, checkpoint, recorded, DIRECT, part -> {});
    }

    private static ArchivedFile moved(ArchivedFile file) {
        return new ArchivedFile(
                file.name(),
                file.crc32(),
                file.size(),
                file.compressedSize(),
                file.offset() + 1,
                file.count(),
                file.firstId(),
                file.lastId(),
                file.sha256(),
                file.ids(),
                file.invalid());
    }

    private static final class Crash extends RuntimeException {}
}
