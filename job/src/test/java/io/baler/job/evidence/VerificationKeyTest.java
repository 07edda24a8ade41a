package io.baler.job.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationKeyTest {
    private static final byte[] DOCUMENT = "{ \"jobId\" : \"…\" }\n".getBytes(StandardCharsets.UTF_8);

    private final KeyPair pair = pair("Ed25519");
    private final VerificationKey key = VerificationKey.of(pair.getPublic().getEncoded());

    // ---- verifying

    @Test
    void whatItsOtherHalfSignedIsVerified() {
        assertThat(key.verifies(DOCUMENT, signature())).isTrue();
    }

    @Test
    void theFirstVectorOfRfc8032IsVerified() {
        var published = VerificationKey.of(HexFormat.of()
                .parseHex("302a300506032b6570032100"
                        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        var signature = HexFormat.of()
                .parseHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");

        assertThat(published.verifies(new byte[0], signature)).isTrue();
        assertThat(published.verifies(new byte[1], signature)).isFalse();
    }

    @Test
    void aFlippedBitAnywhereInTheDocumentIsNot() {
        var signature = signature();

        assertThat(flipped(DOCUMENT)).noneMatch(document -> key.verifies(document, signature));
    }

    @Test
    void aFlippedBitAnywhereInTheSignatureIsNot() {
        assertThat(flipped(signature())).hasSize(64 * 8).noneMatch(signature -> key.verifies(DOCUMENT, signature));
    }

    @Test
    void whatAnotherKeySignedIsNot() {
        var other = VerificationKey.of(pair("Ed25519").getPublic().getEncoded());

        assertThat(other.verifies(DOCUMENT, signature())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 63, 65, 66, 128, 1_000_000})
    void whatIsTooShortOrTooLongForASignatureIsNot(int length) {
        assertThat(key.verifies(DOCUMENT, Arrays.copyOf(signature(), length))).isFalse();
        assertThat(key.verifies(DOCUMENT, new byte[length])).isFalse();
    }

    private static Stream<byte[]> flipped(byte[] bytes) {
        return IntStream.range(0, bytes.length * 8).mapToObj(bit -> {
            var copy = bytes.clone();
            copy[bit / 8] ^= (byte) (1 << (bit % 8));
            return copy;
        });
    }

    // ---- reading keys

    @Test
    void aKeyIsTheSameAfterAWayThroughAFile() {
        assertThat(VerificationKey.ofPem(key.pem())).containsExactly(key);
        assertThat(VerificationKey.of(key.der())).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(key.id()).matches("[0-9a-f]{16}");
        assertThat(key).hasToString("Ed25519 " + key.id());
    }

    @Test
    void allKeysOfAFileAreReadInOrderWhateverStandsAroundThem() {
        var other = VerificationKey.of(pair("Ed25519").getPublic().getEncoded());
        var file = "The keys of our auditors\n\n# in use\n" + key.pem() + "\nid: 0123 (old)\n"
                + other.pem().replace("\n", "\r\n") + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

        assertThat(VerificationKey.ofPem(file)).containsExactly(key, other);
    }

    @Test
    void aKeyWhoseLinesAreBrokenElsewhereIsReadToo() {
        var base64 = Base64.getEncoder().encodeToString(key.der());
        var broken = "-----BEGIN PUBLIC KEY-----\n" + base64.substring(0, 20) + "\n  " + base64.substring(20)
                + "-----END PUBLIC KEY-----";

        assertThat(VerificationKey.ofPem(broken)).containsExactly(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key at all", "-----BEGIN PUBLIC KEY-----", "-----BEGIN PRIVATE KEY-----\nAAAA\n"})
    void aFileWithoutAKeyIsRefused(String file) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.ofPem(file))
                .withMessageContaining("no PUBLIC KEY in PEM form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "A", "====", "MCowBQYDK2VwAyEA"})
    void aFileWithAKeyThatIsNoneIsRefused(String base64) {
        var file = key.pem() + "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.ofPem(file))
                .withMessage("it is no Ed25519 public key");
    }

    @ParameterizedTest
    @MethodSource("otherAlgorithms")
    void aKeyOfAnotherAlgorithmIsRefused(String algorithm) {
        var other = pair(algorithm).getPublic().getEncoded();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.of(other))
                .withMessage("it is no Ed25519 public key");
    }

    static Stream<String> otherAlgorithms() {
        return Stream.of("Ed448", "X25519", "EC", "RSA");
    }

    private byte[] signature() {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(DOCUMENT);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
