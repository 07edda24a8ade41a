package io.baler.standalone.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.bson.BsonInt32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whichever byte of an archive, its manifest or its signature is changed, verification fails and says where. */
class FlippedBytesTest {

    private static final String EFFORT = System.getProperty("baler.effort", "short");
    private static final int MANIFEST_STEP = 10;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void noByteCanBeChangedUnnoticed(ArchiveFormat format) throws IOException {
        var archive = TestArchive.Plan.of(format)
                .of(new BsonInt32(1), new BsonInt32(2), new BsonInt32(3))
                .writeTo(directory);
        assertThat(Verified.of(archive).findings()).isEmpty();

        var unnoticed = new ArrayList<String>();
        for (var file : TestArchive.filesIn(directory).toList()) {
            var bytes = Files.readAllBytes(file);
            for (var i = 0; i < bytes.length; i += step(format, bytes, i)) {
                var changed = bytes.clone();
                changed[i] ^= (byte) (1 << i % Byte.SIZE);
                Files.write(file, changed);
                var verified = Verified.of(archive);
                if (verified.verdict().holds() || verified.findings().isEmpty()) {
                    unnoticed.add(file.getFileName() + " byte " + i);
                }
            }
            Files.write(file, bytes);
        }

        assertThat(unnoticed).isEmpty();
        assertThat(Verified.of(archive).findings()).isEmpty();
    }

    /** The manifest is much the same everywhere: where all of an archive's other bytes are tried, some of it will do. */
    private static int step(ArchiveFormat format, byte[] bytes, int at) {
        var isTriedElsewhere = format != ArchiveFormat.JSON;
        var isWithinManifest = at + MANIFEST_STEP < bytes.length
                && IntStream.range(at, at + MANIFEST_STEP).allMatch(i -> bytes[i] == '\n' || bytes[i] >= ' ');
        return EFFORT.equals("short") && isTriedElsewhere && isWithinManifest ? MANIFEST_STEP : 1;
    }
}
