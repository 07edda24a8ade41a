package io.baler.standalone;

import static io.baler.standalone.verify.TestArchive.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.standalone.stack.NewSigningKey;
import io.baler.standalone.terminal.RecordedTerminal;
import io.baler.standalone.verify.TestArchive;
import io.baler.standalone.verify.TestArchive.Plan;
import io.baler.worker.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.BsonInt32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

    @TempDir
    private Path directory;

    private Path keys = Path.of("");

    private final TestArchive archive =
            Plan.of(ArchiveFormat.JSON).of(new BsonInt32(1), new BsonInt32(2), new BsonInt32(3));

    @BeforeEach
    void writeTheKey() throws IOException {
        keys = Files.writeString(
                directory.resolve("keys.pem"),
                "key of an older worker\n"
                        + SigningKey.of(NewSigningKey.pem()).verificationKey().pem()
                        + KEY.verificationKey().pem());
    }

    @Test
    void whatIsRightIsOneLineAndExitCode0() {
        var file = archive.writeTo(directory).toString();

        var result = Commands.run("verify", file, "--public-key", keys.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines())
                .singleElement()
                .asString()
                .startsWith("OK: " + file + ": 3 records of export 6592a1b0c0ffee0000000000 in 2 files");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void whatIsWrongIsOneLineAndExitCode1AndEachFindingOnStandardError() throws IOException {
        var bytes = archive.bytes();
        bytes[60] ^= 1;
        var file = archive.writeTo(directory);
        Files.write(file, bytes);

        var result = Commands.run("verify", file.toString(), "--public-key", keys.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out().lines())
                .singleElement()
                .asString()
                .startsWith("FAILED: " + file + ": logs.zip: the data");
        assertThat(result.errLines()).hasSizeGreaterThan(1).noneMatch(line -> line.contains("\tat "));
    }

    @Test
    void withoutAKeyTheVerdictSaysSo() {
        var result = Commands.run("verify", archive.writeTo(directory).toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("OK: ").contains("THE KEY ITSELF WAS NOT CHECKED");
    }

    @Test
    void whatCannotBeReadIsOneLineAndExitCode1() throws IOException {
        var file = archive.writeTo(directory).toString();
        var noKey = Files.writeString(directory.resolve("no.pem"), NewSigningKey.pem())
                .toString();

        var missing = Commands.run("verify", directory.resolve("missing.zip").toString());
        var wrongKey = Commands.run("verify", file, "--public-key", noKey);

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).matches("baler: .*missing.zip cannot be read: no such file or directory\n");
        assertThat(wrongKey.exitCode()).isEqualTo(1);
        assertThat(wrongKey.err()).matches("baler: .*no.pem is no file of public keys: it holds no PUBLIC KEY.*\n");
        assertThat(missing.out() + wrongKey.out()).isEmpty();
    }

    @Test
    void namesFromElsewhereCannotMoveTheCursor() throws IOException {
        var odd = directory.resolve("a\u001b[2Jb.zip");
        Files.write(odd, archive.bytes());

        var result = Commands.run(new RecordedTerminal(), "verify", odd.toString());

        assertThat(result.out() + result.err()).doesNotContain("\u001b");
    }
}
