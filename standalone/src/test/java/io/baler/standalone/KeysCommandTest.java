package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.evidence.VerificationKey;
import io.baler.standalone.client.FakeApi;
import io.baler.standalone.verify.TestArchive;
import io.baler.standalone.verify.TestArchive.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {

    private static final String KEYS = "GET /api/v1/keys";

    private final VerificationKey key = TestArchive.KEY.verificationKey();
    private final FakeApi api = new FakeApi();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        api.close();
    }

    private Commands.Result run(String... arguments) {
        var all = new ArrayList<>(List.of("keys", "--url", api.url(), "--token", "t"));
        all.addAll(List.of(arguments));
        return Commands.run(all.toArray(String[]::new));
    }

    private void answering(String publicKey) {
        api.on(KEYS, 200, """
                {"keys": [{"id": "%s", "algorithm": "Ed25519", "publicKey": "%s", "since": "2026-10-01T00:00:00Z"}]}
                """.formatted(key.id(), publicKey.replace("\n", "\\n")));
    }

    @Test
    void printsWhatVerifyTakes() throws IOException {
        answering(key.pem());

        var result = run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("key " + key.id() + ", in use since 2026-10-01T00:00:00Z\n" + key.pem());
        var file = Files.writeString(directory.resolve("keys.pem"), result.out());
        var archive = Plan.of(ArchiveFormat.NDJSON_ZST).of(new BsonInt32(1)).writeTo(directory);
        assertThat(Commands.run("verify", archive.toString(), "--public-key", file.toString())
                        .out())
                .startsWith("OK: ")
                .doesNotContain("NOT CHECKED");
    }

    @Test
    void writesAFileAndOverwritesNone() {
        answering(key.pem());
        var file = directory.resolve("keys.pem");

        assertThat(run("--out", file.toString()).out()).isEqualTo(file + ": " + key.id() + "\n");
        assertThat(VerificationKey.ofPem(contentOf(file))).containsExactly(key);
        var again = run("--out", file.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("baler: " + file + " exists already; --force overwrites it\n");
        assertThat(run("--out", file.toString(), "--force").exitCode()).isZero();
    }

    @Test
    void tellsAServerWithoutKeys() {
        api.on(KEYS, 200, "{\"keys\": []}");

        assertThat(run().err()).startsWith("baler: the server has no keys yet");
    }

    @Test
    void passesNothingOnThatIsNoKey() {
        answering("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");

        var result = run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("baler: the server's key " + key.id() + " is none: it is no Ed25519 public key\n");
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
