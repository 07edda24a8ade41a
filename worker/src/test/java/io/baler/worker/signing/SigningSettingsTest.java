package io.baler.worker.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SigningSettingsTest {

    private static final String KEY = "baler.signing.key";
    private static final String KEY_FILE = "baler.signing.key-file";
    private static final String PEM = "-----BEGIN PRIVATE KEY-----\n" + TestKey.PKCS8 + "\n-----END PRIVATE KEY-----\n";
    private static final String ID = TestKey.KEY.verificationKey().id();

    @TempDir
    private Path directory;

    @Test
    void aKeyIsPemOrTheBase64InIt() throws IOException {
        var file = Files.writeString(directory.resolve("key.pem"), "a comment\n" + PEM);

        for (var settings : List.of(Map.of(KEY, PEM), Map.of(KEY, TestKey.PKCS8), Map.of(KEY_FILE, file.toString()))) {
            var key = bound(settings).signingKey();

            assertThat(key.verificationKey().id()).isEqualTo(ID);
            assertThat(key.sign("document".getBytes(UTF_8))).isEqualTo(TestKey.KEY.sign("document".getBytes(UTF_8)));
        }
    }

    @Test
    void itsPublicHalfIsTheOneThatItWasMadeWith() throws Exception {
        for (int i = 0; i < 20; i++) {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

            var key = SigningKey.of(
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));

            assertThat(key.verificationKey().der()).isEqualTo(pair.getPublic().getEncoded());
            assertThat(key.verificationKey().verifies(new byte[] {1}, key.sign(new byte[] {1})))
                    .isTrue();
        }
    }

    @Test
    void aKeyInLinesOfWindowsIsRead() throws IOException {
        var made = "-----BEGIN PRIVATE KEY-----\r\n" + TestKey.PKCS8.substring(0, 20) + "\r\n"
                + TestKey.PKCS8.substring(20) + "\r\n-----END PRIVATE KEY-----\r\n";

        assertThat(SigningKey.of(made).verificationKey().id()).isEqualTo(ID);
    }

    @Test
    void neitherAndBothAreRefusedByName() {
        assertRefused(Map.of(), "baler.signing.key or baler.signing.key-file: must be set, one of them");
        assertRefused(Map.of(KEY, "   \t   "), "must be set, one of them");
        assertRefused(Map.of(KEY, TestKey.PKCS8, KEY_FILE, "/nowhere"), "must be set, one of them");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertRefused(Map.of(KEY_FILE, "/nowhere/key.pem"), KEY_FILE + ": /nowhere/key.pem cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed448", "X25519"})
    void aKeyOfAnotherKindIsRefused(String algorithm) throws Exception {
        var other = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();

        assertRefused(
                Map.of(KEY, Base64.getEncoder().encodeToString(other.getEncoded())),
                KEY + ": it is no Ed25519 private key in PKCS#8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verysecret", "MC4CAQAwBQYDK2VwBCIEIBw8", "-----BEGIN PRIVATE KEY-----verysecret", "日本"})
    void whatIsNoKeyIsRefused(String text) throws IOException {
        assertRefused(Map.of(KEY, text), KEY + ": it is no Ed25519 private key");
        var file = Files.writeString(directory.resolve("key"), text);
        assertRefused(Map.of(KEY_FILE, file.toString()), KEY_FILE + ": it is no Ed25519 private key");
    }

    @Test
    void aPublicKeyIsNoPrivateKey() {
        var der = TestKey.KEY.verificationKey().der();

        assertRefused(Map.of(KEY, Base64.getEncoder().encodeToString(der)), KEY + ": it is no Ed25519 private key");
    }

    @Test
    void theKeyIsPrintedNowhere() {
        var settings = bound(Map.of(KEY, TestKey.PKCS8));

        assertThat(List.of(settings, settings.signingKey()))
                .allSatisfy(object -> assertThat(object.toString()).doesNotContain(TestKey.PKCS8, "BCIEIBw8"));
    }

    private static SigningSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("baler.signing", SigningSettings.class);
    }

    /** With a message that people see at the start, and that never shows what may be a key. */
    private static void assertRefused(Map<String, String> properties, String message) {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bound(properties))
                .satisfies(refused -> {
                    assertThat(refused).rootCause().hasMessageContaining(message);
                    assertThat(refused.getProperty())
                            .as("what Spring Boot prints the value of")
                            .isNull();
                    assertThat(stackTrace(refused)).doesNotContain(properties.getOrDefault(KEY, "no key"));
                });
    }

    private static String stackTrace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TestKey.PKCS8,
                // the beginning of one that has its public half with it
                "MFECAQEwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "-----BEGIN PRIVATE KEY-----"
            })
    void aKeyThatIsSetAsTheNameOfAFileIsNotRepeated(String key) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new SigningSettings(null, Path.of(key)))
                .withMessageContaining("baler.signing.key-file: holds a key itself")
                .satisfies(refused -> assertThat(refused.toString()).doesNotContain(key));
    }
}
