package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.standalone.terminal.RecordedTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "serve",
                "import",
                "export",
                "verify",
                "keys",
                "list",
                "restart",
                "cancel",
                "topics",
                "requeue-dead-letters",
                "local"
            })
    void everyCommandExplainsItselfWithExamples(String command) {
        var result = Commands.run(command, "--help");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .startsWith("Usage: baler " + command)
                .contains("Example")
                .contains("./baler " + command)
                .doesNotContain("DEFAULT-VALUE");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theWholeExplainsItself() {
        var result = Commands.run("--help");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("demo", "serve", "import", "export", "verify", "keys", "list", "restart", "cancel", "local")
                .contains("topics", "requeue-dead-letters");
    }

    @Test
    void exportNamesAllFormats() {
        assertThat(Commands.run("export", "--help").out()).contains(ArchiveFormat.names());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | name a command",
                "fly | Unmatched argument",
                "list extra | Unmatched argument",
                "demo --records 0 | --records: must be at least 1, got 0",
                "demo --records many | Invalid value for option '--records'",
                "serve --port 65536 | --port: must be between 0 and 65535, got 65536",
                "serve --baler.x=1 | Unknown option",
                "serve -- baler.x=1 | Spring properties are given as -- --name=value",
                "serve -- --baler.x | Spring properties are given as -- --name=value",
                "local --kafka-port -1 | --kafka-port: must be between 0 and 65535, got -1",
                "import | Missing required parameter: 'FILE'",
                "import --time-field a..b x | is no path",
                "import - - | standard input can be read only once",
                "verify | Missing required parameter: 'ARCHIVE'",
                "verify a b | Unmatched argument",
                "topics --last -1 | --last: must be at least 0, got -1",
                "topics --prefix a/b | --prefix: only letters",
                "restart | Missing required parameter: 'ID'",
                "export --out | Missing required parameter for option '--out'",
                "export --job a --user b | --job comes back to an export as it was requested",
                "export --job a --restart | --job comes back to an export as it was requested",
            })
    void wrongUsageIsOneLineAndExitCode2(String line, String expected) {
        var result = Commands.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines())
                .singleElement()
                .asString()
                .contains(expected)
                .contains("--help\" says more");
    }

    @Test
    void stackTracesAreOnlyForThoseWhoAsk() {
        var quiet = Commands.run("list", "--data-dir", "/nowhere");
        var debugging = Commands.run(
                new RecordedTerminal("", java.util.Map.of("BALER_DEBUG", "1")), "list", "--data-dir", "/nowhere");

        assertThat(quiet.exitCode()).isEqualTo(1);
        assertThat(quiet.errLines()).hasSize(1);
        assertThat(debugging.err()).contains("\tat io.baler.standalone");
    }
}
