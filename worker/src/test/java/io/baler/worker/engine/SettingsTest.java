package io.baler.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SettingsTest {
    private static final Binder NOTHING_SET = new Binder(new MapConfigurationPropertySource(Map.of()));

    @Test
    void aWorkerMakesTwoExportsAtATime() {
        assertThat(NOTHING_SET.bindOrCreate("baler.worker", WorkerSettings.class))
                .isEqualTo(new WorkerSettings(2, Duration.ofSeconds(10), Duration.ofSeconds(1), 5));
    }

    @Test
    void aFileHoldsTenThousandRecordsAndAPartEightMebibytes() {
        assertThat(NOTHING_SET.bindOrCreate("baler.archive", ArchiveSettings.class))
                .isEqualTo(new ArchiveSettings(10_000, null, Map.of(), DataSize.ofMegabytes(8), List.of()));
    }

    @Test
    void whatCannotWorkIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveSettings(0, 6, Map.of(), DataSize.ofMegabytes(8), List.of()))
                .withMessageContaining("baler.archive.logs-per-file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveSettings(1, 10, Map.of(), DataSize.ofMegabytes(8), List.of()))
                .withMessageContaining("baler.archive.compression-level");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveSettings(1, 6, Map.of(), DataSize.ofMegabytes(4), List.of()))
                .withMessageContaining("baler.archive.part-size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerSettings(0, Duration.ofSeconds(10), Duration.ofSeconds(1), 5))
                .withMessageContaining("baler.worker.slots");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerSettings(1, Duration.ofMillis(10), Duration.ofSeconds(1), 5))
                .withMessageContaining("baler.worker.lease");
    }
}
