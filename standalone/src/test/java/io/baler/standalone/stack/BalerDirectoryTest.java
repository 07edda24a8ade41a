package io.baler.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.standalone.terminal.CommandFailed;
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
        directory.write(CONNECTION);

        assertThat(mode(path)).isEqualTo("rwx------");
        assertThat(mode(path.resolve("connection.json"))).isEqualTo("rw-------");
        assertThat(mode(path.resolve("token"))).isEqualTo("rw-------");
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
