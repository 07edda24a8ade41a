package io.baler.worker.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResumableSha256Test {

    @Test
    void theStandardsExamplesHashToWhatItSays() {
        assertThat(hash("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))
                .isEqualTo("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    }

    @Test
    void everyLengthHashesToWhatTheJdkSays() throws Exception {
        byte[] bytes = new byte[1_000];
        new Random(5).nextBytes(bytes);
        for (int length = 0; length <= bytes.length; length++) {
            var sha256 = new ResumableSha256();
            sha256.update(bytes, 0, length);

            assertThat(sha256.soFar())
                    .as("%d bytes", length)
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(bytes, length)));
        }
    }

    @Test
    void piecesOfAnySizeWithASavedStateBetweenThemHashAsTheWhole() throws Exception {
        var random = new Random(17);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(5_000)];
            random.nextBytes(bytes);
            var sha256 = new ResumableSha256();
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, random.nextInt(200));
                sha256.update(bytes, at, count);
                at += count;
                sha256.soFar();
                sha256 = ResumableSha256.of(sha256.state());
            }

            assertThat(sha256.soFar())
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
        }
    }

    @Test
    void theSystemsLibraryAndJavaGoOnWhereTheOtherEnded() throws Exception {
        var library = NativeSha256.find();
        assumeThat(library).as("this system has no libcrypto.so.3").isPresent();
        var random = new Random(29);
        for (int round = 0; round < 50; round++) {
            byte[] bytes = new byte[random.nextInt(200_000)];
            random.nextBytes(bytes);
            var sha256 = new ResumableSha256(new JavaSha256());
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, random.nextInt(50_000));
                sha256.update(bytes, at, count);
                at += count;
                sha256 = ResumableSha256.of(sha256.state(), random.nextBoolean() ? library.get() : new JavaSha256());
            }

            assertThat(sha256.soFar())
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
        }
    }

    @Test
    void whatIsNoStateIsRefused() {
        byte[] state = new ResumableSha256().state();

        assertThatIllegalArgumentException().isThrownBy(() -> ResumableSha256.of(new byte[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResumableSha256.of(Arrays.copyOf(state, state.length - 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResumableSha256.of(Arrays.copyOf(state, state.length + 1)));
    }

    private static String hash(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        var sha256 = new ResumableSha256();
        sha256.update(bytes, 0, bytes.length);
        return HexFormat.of().formatHex(sha256.soFar());
    }
}
