package io.baler.standalone.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.evidence.Manifest;
import io.baler.standalone.verify.TestArchive.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever it is given, verification comes to an end, keeps within its memory, and has a verdict. */
class GarbageTest {

    private static final int ROUNDS = "long".equals(System.getProperty("baler.effort")) ? 20_000 : 150;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PK",
                "PK\u0003\u0004",
                "PK\u0005\u0006",
                "{",
                "{}",
                "null",
                "[]",
                "{\"files\":[null]}",
                "plain text"
            })
    void whatIsNoArchiveIsNone(String content) throws IOException {
        var file = Files.writeString(directory.resolve("some.zip"), content);
        Files.writeString(directory.resolve("some.zip.sig"), "");

        var verified = Verified.of(file);

        assertThat(verified.verdict().line()).startsWith("FAILED: ");
        assertThat(verified.findings()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void anArchiveThatWasChangedInManyPlacesFailsInOrder(ArchiveFormat format) throws IOException {
        var archive = Plan.of(format).of(VerificationTest.numbers(1, 2, 3));
        var file = archive.writeTo(directory);
        var random = new Random(format.ordinal());

        for (var round = 0; round < ROUNDS; round++) {
            Files.write(file, changed(archive.bytes(), random));
            if (!format.holdsManifest() && random.nextInt(3) == 0) {
                Files.write(TestArchive.beside(file, Manifest.SUFFIX), changed(archive.manifest(), random));
            }
            var verdict = Verified.of(file).verdict();
            assertThat(verdict.holds()).isFalse();
            assertThat(verdict.line()).startsWith("FAILED: ").doesNotContain("\n");
        }
    }

    /** Manifests that are signed, and say whatever they say. */
    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void aManifestOfAnythingFailsInOrder(ArchiveFormat format) {
        var archive = Plan.of(format).of(VerificationTest.numbers(1, 2, 3));
        var random = new Random(format.ordinal());

        for (var round = 0; round < ROUNDS; round++) {
            var odd = odd(archive.text(), random);
            if (!odd.equals(archive.text())) {
                var verified = Verified.of(archive.signing(odd.getBytes(UTF_8)).writeTo(directory));
                assertThat(verified.verdict().line()).matches("(?s)(OK|FAILED): .*");
            }
        }
    }

    private static byte[] changed(byte[] bytes, Random random) {
        var changed = bytes.clone();
        for (var i = random.nextInt(20); i >= 0; i--) {
            var at = random.nextInt(changed.length);
            switch (random.nextInt(4)) {
                case 0 -> changed[at] = (byte) random.nextInt();
                case 1 -> changed[at] = -1;
                case 2 -> changed[at] = 0;
                default -> {
                    var from = random.nextInt(changed.length);
                    var count = Math.min(random.nextInt(40), changed.length - Math.max(from, at));
                    System.arraycopy(bytes, from, changed, at, count);
                }
            }
        }
        changed[random.nextInt(changed.length)] ^= 0x40;
        return Arrays.equals(changed, bytes) ? new byte[0] : changed;
    }

    private static String odd(String manifest, Random random) {
        var odd = new String[] {
            "null",
            "-1",
            "0",
            "1e99",
            "9223372036854775807",
            "\"\"",
            "[]",
            "{}",
            "[null]",
            "true",
            "\"\\u0000\"",
            "2147483647",
            "{\"a\":[{\"b\":{\"$numberDecimal\":\"1E+9999999\"}}]}",
            "1e999999999",
            "\"6553f100\""
        };
        var values = Pattern.compile("(?<=\": )(\"[^\"]*\"|[0-9]+|null)").matcher(manifest);
        var which = random.nextInt((int) values.results().count());
        var found = new int[1];
        return values.reset()
                .replaceAll(match -> Matcher.quoteReplacement(
                        found[0]++ == which ? odd[random.nextInt(odd.length)] : match.group()));
    }

    @Test
    void whatUnpacksWithoutEndIsNotUnpacked() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 200; i++) {
                gzip.write(zeros);
            }
        }
        var archive = Plan.of(ArchiveFormat.NDJSON_GZ).of(VerificationTest.numbers(1));
        var bombed = archive.saying(manifest -> Manifest.parse(new String(manifest.toBytes(), UTF_8)
                .replaceAll("\"compressedBytes\": [0-9]+", "\"compressedBytes\": " + bomb.size())
                .getBytes(UTF_8)));

        var verified = Verified.of(bombed.withBytes(bomb.toByteArray()).writeTo(directory));

        assertThat(verified.findings())
                .anySatisfy(finding -> assertThat(finding).contains("it goes on behind the"));
    }
}
