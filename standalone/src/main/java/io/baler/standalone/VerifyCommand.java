package io.baler.standalone;

import io.baler.standalone.progress.Progress;
import io.baler.standalone.progress.Unit;
import io.baler.standalone.terminal.Terminal;
import io.baler.standalone.verify.TrustedKeys;
import io.baler.standalone.verify.Verdict;
import io.baler.standalone.verify.Verification;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies an archive against its signed manifest. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies an archive, or a statement that nothing matched, to its last byte, without a server: signature,"
                    + " hashes, counts, order and uniqueness of ids, nothing missing, nothing added.",
            "Prints one line that begins with OK or FAILED, and each finding on standard error.",
            "Exit codes: 0 OK, 1 FAILED.",
        },
        footer = {
            "",
            "Examples:",
            "  ./baler keys --out keys.pem",
            "  ./baler verify audit-logs.zip --public-key keys.pem",
            "  ./baler verify audit-logs.ndjson.gz     with .manifest.json and .sig beside it",
            "  ./baler verify audit-logs-6592a1b0c0ffee0000000000.manifest.json",
        })
final class VerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(
            paramLabel = "ARCHIVE",
            description = "An archive of any format, or a manifest alone where nothing matched.")
    private Path archive = Path.of("");

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "PEM file with the public keys that may have signed, got from somebody you trust"
                    + " (default: the key that the manifest names itself).")
    private @Nullable Path publicKey;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var keys = publicKey == null ? TrustedKeys.none() : TrustedKeys.in(publicKey);
        var verdict = verify(keys);
        terminal.say(verdict.line());
        return verdict.holds() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Verdict verify(TrustedKeys keys) {
        var size = archive.toFile().length();
        try (var progress = Progress.on(terminal, "verifying", Unit.bytes(size))) {
            return new Verification(keys, progress, id -> {}).verify(archive);
        }
    }
}
