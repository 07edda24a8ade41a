package io.baler.standalone.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.standalone.terminal.CommandFailed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedRecordsTest {

    private final ExpectedRecords expected =
            new ExpectedRecords(Path.of("a.zip"), List.of("a1", "a2").iterator());

    @Test
    void takesExactlyWhatTheSourceHas() {
        expected.accept("a1");
        expected.accept("a2");

        expected.requireAll();
    }

    @Test
    void namesTheRecordThatIsMissing() {
        expected.accept("a1");

        assertThatThrownBy(expected::requireAll)
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining(
                        "a.zip is not what the source holds: it ends after 1 records; the next would be a2");
    }

    @Test
    void namesTheRecordThatDoesNotBelong() {
        assertThatThrownBy(() -> expected.accept("a2"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("record a2 stands where a1 belongs");
        expected.accept("a2");
        assertThatThrownBy(() -> expected.accept("a3"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("record a3 is one too many");
    }
}
