package io.baler.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.standalone.terminal.CommandFailed;
import io.baler.worker.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalerDirectoryTest {

    private static final Connection CONNECTION = new Connection(
            "http://127.0.0.1:8080",
            "token",
            "mongodb://127.0.0.1:1/baler",
            "127.0.0.1:2",
            new Connection.S3("http://127.0.0.1:3", "access", "secret", "baler"));

    @TempDir
    private Path temporary;

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void letsOnlyTheOwnerLookIn() throws IOException {
        var path = temporary.resolve("some/data");

        var directory = BalerDirectory.make(path);
        directory.token();
        directory.signingKey();
        directory.write(CONNECTION);

        assertThat(mode(path)).isEqualTo("rwx------");
        assertThat(mode(path.resolve("connection.json"))).isEqualTo("rw-------");
        assertThat(mode(path.resolve("token"))).isEqualTo("rw-------");
        assertThat(mode(path.resolve("signing-key.pem"))).isEqualTo("rw-------");
    }

    @Test
    void closesAnEmptyDirectoryThatWasOpen() throws IOException {
        var path = Files.createDirectory(temporary.resolve("open"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));

        BalerDirectory.make(path);

        assertThat(mode(path)).isEqualTo("rwx------");
    }

    @Test
    void leavesADirectoryAloneThatHoldsSomethingElse() throws IOException {
        var path = Files.createDirectory(temporary.resolve("home"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(path.resolve("letter.txt"), "dear ...");

        assertThatThrownBy(() -> BalerDirectory.make(path))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("holds something else");

        assertThat(mode(path)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void keepsOneTokenForGood() {
        var token = BalerDirectory.make(temporary.resolve("data")).token();

        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(BalerDirectory.make(temporary.resolve("data")).token()).isEqualTo(token);
        assertThat(BalerDirectory.make(temporary.resolve("others")).token()).isNotEqualTo(token);
    }

    @Test
    void keepsOneSigningKeyForGood() {
        var directory = BalerDirectory.make(temporary.resolve("data"));
        var key = directory.signingKey();

        directory.token();
        assertThat(BalerDirectory.make(temporary.resolve("data")).signingKey()).isEqualTo(key);
        assertThat(BalerDirectory.make(temporary.resolve("others")).signingKey())
                .isNotEqualTo(key);
        assertThat(directory.signingKeyFile()).hasContent(key);
        var signer = SigningKey.of(key);
        assertThat(signer.verificationKey().verifies(new byte[] {1}, signer.sign(new byte[] {1})))
                .isTrue();
    }

    @Test
    void neverReplacesADamagedSigningKey() throws IOException {
        var directory = BalerDirectory.make(temporary.resolve("data"));
        directory.signingKey();
        Files.writeString(directory.signingKeyFile(), "-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(directory::signingKey)
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("signing-key.pem is damaged: it is no Ed25519 private key")
                .message()
                .doesNotContain("MC4C");
        assertThat(directory.signingKeyFile()).content().contains("MC4C");
    }

    @Test
    void writesTheConnectionAsItIsPromised() throws IOException {
        var directory = BalerDirectory.make(temporary.resolve("data"));

        directory.write(new Connection(null, null, null, null, null));
        directory.write(CONNECTION);

        assertThat(directory.connection()).isEqualTo(CONNECTION);
        assertThat(temporary.resolve("data/connection.json")).content().isEqualToIgnoringWhitespace("""
                        {"url": "http://127.0.0.1:8080", "token": "token", "mongodb": "mongodb://127.0.0.1:1/baler",
                         "kafka": "127.0.0.1:2", "s3": {"endpoint": "http://127.0.0.1:3", "accessKey": "access",
                         "secretKey": "secret", "bucket": "baler"}}
                        """);
    }

    @Test
    void saysWhatToDoWhereNothingWasEverStarted() {
        var directory = BalerDirectory.at(temporary.resolve("nowhere"));

        assertThatThrownBy(directory::connection)
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("nowhere/connection.json")
                .hasMessageContaining("serve");
    }

    @Test
    void tellsADamagedConnection() throws IOException {
        Files.writeString(temporary.resolve("connection.json"), "{\"url\": ");

        assertThatThrownBy(() -> BalerDirectory.at(temporary).connection())
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void tellsOfAFileInTheDirectorysPlace() throws IOException {
        var file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> BalerDirectory.make(file))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void showsNoSecretsByAccident() {
        assertThat(CONNECTION.toString()).doesNotContain("token").doesNotContain("secret");
        assertThat(String.valueOf(CONNECTION.s3())).doesNotContain("secret");
    }
}
