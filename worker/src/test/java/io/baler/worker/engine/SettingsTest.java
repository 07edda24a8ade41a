package io.baler.worker.engine;

import static io.baler.job.ArchiveFormat.CSV;
import static io.baler.job.ArchiveFormat.JSON;
import static io.baler.job.ArchiveFormat.NDJSON;
import static io.baler.job.ArchiveFormat.NDJSON_GZ;
import static io.baler.job.ArchiveFormat.NDJSON_ZST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.baler.job.ArchiveFormat;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.format.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

class SettingsTest {
    private static final Binder NOTHING_SET = new Binder(new MapConfigurationPropertySource(Map.of()));

    @Test
    void aWorkerMakesTwoExportsAtATime() {
        assertThat(NOTHING_SET.bindOrCreate("baler.worker", WorkerSettings.class))
                .isEqualTo(new WorkerSettings(2, Duration.ofSeconds(10), Duration.ofSeconds(1), 5));
    }

    @Test
    void anExportTakes128MebibytesAndNoFewerThan80() {
        assertThat(NOTHING_SET.bindOrCreate("baler.worker", MemorySettings.class))
                .isEqualTo(new MemorySettings(DataSize.ofMegabytes(128)));
        assertThat(new MemorySettings(DataSize.ofMegabytes(128)).forArchive()).isEqualTo(80L << 20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemorySettings(DataSize.ofMegabytes(79)))
                .withMessageContaining("baler.worker.memory-per-export: must be at least 80MB");
    }

    @Test
    void aFileHoldsTenThousandRecordsAndAPartEightMebibytes() {
        assertThat(NOTHING_SET.bindOrCreate("baler.archive", ArchiveSettings.class))
                .isEqualTo(new ArchiveSettings(10_000, "auto", null, Map.of(), DataSize.ofMegabytes(8), List.of()));
    }

    @Test
    void everyFormatHasItsOwnLevelUnlessItIsTold() {
        assertThat(levels(Map.of("deflater", "jdk")))
                .isEqualTo(Map.of(JSON, 6, NDJSON, 6, CSV, 6, NDJSON_GZ, 6, NDJSON_ZST, 1))
                .allSatisfy((format, level) ->
                        assertThat(level).isEqualTo(Format.defaultLevel(format, DeflateLibrary.JDK)));
        assertThat(levels(Map.of("compression-level", "9")))
                .isEqualTo(Map.of(JSON, 9, NDJSON, 9, CSV, 9, NDJSON_GZ, 9, NDJSON_ZST, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson.zst", "ndjson-zst", "ndjsonzst", "NDJSON_ZST", "[ndjson.zst]"})
    void aFormatsLevelIsSetByItsNameHoweverThatIsWritten(String name) {
        assertThat(levels(Map.of("compression-levels." + name, "17", "compression-level", "2")))
                .isEqualTo(Map.of(JSON, 2, NDJSON, 2, CSV, 2, NDJSON_GZ, 2, NDJSON_ZST, 17));
    }

    @Test
    void formatsWithNamesThatBeginAlikeAreToldApart() {
        assertThat(levels(Map.of(
                        "deflater", "jdk",
                        "compression-levels.ndjson", "1",
                        "compression-levels.ndjson.gz", "2",
                        "compression-levels.ndjson.zst", "19")))
                .isEqualTo(Map.of(JSON, 6, NDJSON, 1, CSV, 6, NDJSON_GZ, 2, NDJSON_ZST, 19));
    }

    @Test
    void aFormatsLevelIsSetByTheEnvironment() {
        var environment = new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of("BALER_ARCHIVE_COMPRESSIONLEVELS_NDJSONZST", "17", "BALER_ARCHIVE_COMPRESSIONLEVEL", "2"));
        var binder = new Binder(ConfigurationPropertySources.from(environment));

        assertThat(levels(binder)).containsEntry(NDJSON_ZST, 17).containsEntry(NDJSON, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "ndjson.zst, 20, 'baler.archive.compression-levels.ndjson.zst: must be 1 to 19, got 20'",
        "ndjson-gz, 10, 'baler.archive.compression-levels.ndjson-gz: must be 1 to 9, got 10'",
        "csv, 0, 'baler.archive.compression-levels.csv: must be 1 to 9, got 0'",
        "xml, 5, 'baler.archive.compression-levels.xml: is no format; there are json, ndjson, csv, ndjson.gz, ndjson.zst'",
        "json2, 5, 'baler.archive.compression-levels.json2: is no format'"
    })
    void aLevelThatThereIsNotIsRefusedByName(String name, String level, String message) {
        assertRefused(Map.of("compression-levels." + name, level), message);
    }

    @Test
    void aLevelThatIsSetTwiceIsRefusedByName() {
        assertRefused(
                Map.of("compression-levels.ndjson.gz", "5", "compression-levels.ndjson-gz", "6"),
                ": is set twice, by two spellings");
    }

    @Test
    void columnsAreThoseThatAreSet() {
        var binder = binder(Map.of("csv-columns", "action, snapshot.username"));

        var engine = binder.bindOrCreate("baler.archive", ArchiveSettings.class)
                .engines()
                .of(CSV, most -> List.of());

        assertThat(engine.columns()).containsExactly("_id", "action", "snapshot.username");
    }

    @Test
    void columnsThatAreNotSetAreThoseOfTheFirstFile() {
        var engines = binder(Map.of("logs-per-file", "77"))
                .bindOrCreate("baler.archive", ArchiveSettings.class)
                .engines();
        var asked = new ArrayList<Integer>();

        var engine = engines.of(CSV, most -> {
            asked.add(most);
            return List.of(RawBsonDocument.parse("{_id: 1, a: {b: 2}}"));
        });

        assertThat(engine.columns()).containsExactly("_id", "a.b", "_other");
        assertThat(asked).containsExactly(77);
        assertThat(engines.of(NDJSON, most -> List.of()).columns()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"a..b, is no dotted name", "_id.user, is within _id"})
    void aColumnThatThereCannotBeIsRefusedByName(String column, String message) {
        assertRefused(
                Map.of("csv-columns", "action," + column), "baler.archive.csv-columns: '" + column + "' " + message);
    }

    @Test
    void theFastestLibraryThatThereIsDeflatesUnlessItIsTold() {
        assertThat(deflaterOf(Map.of()))
                .isEqualTo(DeflateLibrary.fastest().recordedName())
                .isEqualTo(DeflateLibrary.LIBDEFLATE.isHere() ? "libdeflate" : "jdk");
        assertThat(deflaterOf(Map.of("deflater", "jdk"))).isEqualTo("jdk");
        assertRefused(
                Map.of("deflater", "zopfli"), "baler.archive.deflater: must be auto, jdk or libdeflate, got zopfli");
    }

    private static String deflaterOf(Map<String, String> archive) {
        return binder(archive)
                .bindOrCreate("baler.archive", ArchiveSettings.class)
                .engines()
                .of(JSON, most -> List.of())
                .compressor();
    }

    @Test
    void whatCannotWorkIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveSettings(0, "jdk", 6, Map.of(), DataSize.ofMegabytes(8), List.of()))
                .withMessageContaining("baler.archive.logs-per-file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveSettings(1, "jdk", 10, Map.of(), DataSize.ofMegabytes(8), List.of()))
                .withMessageContaining("baler.archive.compression-level");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveSettings(1, "jdk", 6, Map.of(), DataSize.ofMegabytes(4), List.of()))
                .withMessageContaining("baler.archive.part-size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerSettings(0, Duration.ofSeconds(10), Duration.ofSeconds(1), 5))
                .withMessageContaining("baler.worker.slots");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerSettings(1, Duration.ofMillis(10), Duration.ofSeconds(1), 5))
                .withMessageContaining("baler.worker.lease");
        assertThatIllegalArgumentException()
                .as("longer than the cleanup waits for")
                .isThrownBy(() -> new WorkerSettings(1, Duration.ofMinutes(6), Duration.ofSeconds(1), 5))
                .withMessageContaining("baler.worker.lease");
    }

    private static void assertRefused(Map<String, String> archive, String message) {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> binder(archive).bindOrCreate("baler.archive", ArchiveSettings.class))
                .havingRootCause()
                .withMessageContaining(message);
    }

    private static Map<ArchiveFormat, Integer> levels(Map<String, String> archive) {
        return levels(binder(archive));
    }

    private static Map<ArchiveFormat, Integer> levels(Binder binder) {
        var engines =
                binder.bindOrCreate("baler.archive", ArchiveSettings.class).engines();
        return Arrays.stream(ArchiveFormat.values())
                .collect(Collectors.toMap(
                        format -> format,
                        format -> engines.of(format, most -> List.of()).level()));
    }

    private static Binder binder(Map<String, String> archive) {
        var properties = archive.entrySet().stream()
                .collect(Collectors.toMap(entry -> "baler.archive." + entry.getKey(), Map.Entry::getValue));
        return new Binder(new MapConfigurationPropertySource(properties));
    }
}
