package io.baler.worker.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.ArchivedFile;
import io.baler.job.InvalidRecords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

/**
 * The bytes of a ZIP around its files are a promise: whoever verifies an archive writes them again, with whatever version
 * of Baler and of commons-compress there is by then.
 */
class ZipContainerTest {
    private static final BsonInt32 ID = new BsonInt32(1);

    @Test
    void whatItWritesAroundFilesIsTheSameInEveryVersion() throws IOException {
        var out = new ByteArrayOutputStream();
        var container = Format.containers(ArchiveFormat.JSON).on(out, Instant.parse("2026-10-31T23:30:00Z"));

        container.add(file("a.json", 3), new ByteArrayInputStream("abc".getBytes(UTF_8)));
        container.endData();
        var manifestAt = container.end("{}".getBytes(UTF_8), new byte[] {7});

        assertThat(manifestAt).isEqualTo(92);
        assertThat(HexFormat.of().formatHex(out.toByteArray()))
                .isEqualTo(String.join(
                        "",
                        "504b030414000008080000605f5d04030201030000000500000006000000612e6a736f6e616263504b03040a000008000000",
                        "605f5d43bfa6a30200000002000000170000005f6d616e69666573742f6d616e69666573742e6a736f6e7b7d504b03040a00",
                        "0008000000605f5d2e7a664c0100000001000000160000005f6d616e69666573742f6d616e69666573742e73696707504b01",
                        "02140014000008080000605f5d040302010300000005000000060000000000000000000000000000000000612e6a736f6e50",
                        "4b010214000a000008000000605f5d43bfa6a302000000020000001700000000000000000000000000270000005f6d616e69",
                        "666573742f6d616e69666573742e6a736f6e504b010214000a000008000000605f5d2e7a664c010000000100000016000000",
                        "000000000000000000005e0000005f6d616e69666573742f6d616e69666573742e736967504b05060000000003000300bd00",
                        "0000930000000000"));
    }

    private static ArchivedFile file(String name, long compressed) {
        return new ArchivedFile(name, 0x01020304, 5, compressed, 0, 1, ID, ID, "", List.of(), InvalidRecords.NONE);
    }
}
