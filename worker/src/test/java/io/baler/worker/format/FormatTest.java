package io.baler.worker.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.baler.job.ArchiveFormat;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.MalformedRecord;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTest {

    private static final Format.Limits LIMITS = new Format.Limits(10_000, 16 << 20, 8 << 20);
    private static final RawBsonDocument SOUND = RawBsonDocument.parse("{_id: 1}");
    /** The int32 {@code a} has lost its value. */
    private static final RawBsonDocument MALFORMED = new RawBsonDocument(new byte[] {8, 0, 0, 0, 16, 'a', 0, 0});

    @ParameterizedTest
    @EnumSource
    void whatAJobRecordsOfItMakesItAgain(ArchiveFormat name) {
        var engine = Format.engine(
                name, DeflateLibrary.JDK, Format.defaultLevel(name, DeflateLibrary.JDK), columns(name), LIMITS);

        var format = Format.of(name, engine);

        assertThat(format.layout().encoder()).isEqualTo(engine.encoder());
        assertThat(format.compression().name()).isEqualTo(engine.compressor());
        assertThat(format.layout().suffix()).startsWith(".");
    }

    @ParameterizedTest
    @EnumSource
    void aLevelThatThereIsNotIsRefused(ArchiveFormat name) {
        for (int level : List.of(0, -1, Format.highestLevel(name) + 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Format.engine(name, DeflateLibrary.JDK, level, columns(name), LIMITS))
                    .withMessage(
                            name + " is compressed at levels 1 to " + Format.highestLevel(name) + ", not " + level);
        }
    }

    @Test
    void csvWithoutColumnsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Format.engine(ArchiveFormat.CSV, DeflateLibrary.JDK, 6, null, LIMITS))
                .withMessageContaining("columns");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedRecordLeavesTheFileAsItWas(ArchiveFormat name) {
        var layout = layout(name);

        for (boolean first : List.of(true, false)) {
            var after = written(file -> {
                begin(layout, first, file);
                assertThatExceptionOfType(MalformedRecord.class)
                        .isThrownBy(() -> layout.append(MALFORMED, first, file));
            });

            assertThat(after).isEqualTo(written(file -> begin(layout, first, file)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsARefusedRecordIsAsIfItHadNotBeen(ArchiveFormat name) {
        var layout = layout(name);
        var plain = written(file -> {
            begin(layout, false, file);
            layout.append(SOUND, false, file);
            layout.appendMalformed(new BsonInt32(2), MALFORMED, false, file);
        });

        var tried = written(file -> {
            begin(layout, false, file);
            assertThatExceptionOfType(MalformedRecord.class).isThrownBy(() -> layout.append(MALFORMED, false, file));
            layout.append(SOUND, false, file);
            assertThatExceptionOfType(MalformedRecord.class).isThrownBy(() -> layout.append(MALFORMED, false, file));
            layout.appendMalformed(new BsonInt32(2), MALFORMED, false, file);
        });

        assertThat(tried).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource
    void textThatIsNotUtf8IsReported(ArchiveFormat name) {
        var broken = new RawBsonDocument(new byte[] {14, 0, 0, 0, 2, 'a', 0, 2, 0, 0, 0, (byte) 0xFF, 0, 0});

        assertThat(layout(name).append(SOUND, true, new GrowableBytes(0))).isTrue();
        assertThat(layout(name).append(broken, true, new GrowableBytes(0))).isFalse();
        assertThat(layout(name).append(SOUND, true, new GrowableBytes(0))).isTrue();
    }

    private static void begin(RecordLayout layout, boolean first, GrowableBytes file) {
        layout.begin(file);
        if (!first) {
            layout.append(SOUND, true, file);
        }
    }

    private static byte[] written(Consumer<GrowableBytes> writer) {
        var file = new GrowableBytes(0);
        writer.accept(file);
        return Arrays.copyOf(file.array(), file.length());
    }

    private static RecordLayout layout(ArchiveFormat name) {
        return Format.of(
                        name,
                        Format.engine(
                                name,
                                DeflateLibrary.JDK,
                                Format.defaultLevel(name, DeflateLibrary.JDK),
                                columns(name),
                                LIMITS))
                .layout();
    }

    private static @Nullable List<String> columns(ArchiveFormat name) {
        return name == ArchiveFormat.CSV ? List.of("_id", CsvColumns.OTHER) : null;
    }
}
