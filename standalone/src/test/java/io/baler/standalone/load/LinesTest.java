package io.baler.standalone.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static Lines lines(String text, int longest) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Lines(new BufferedInputStream(new ByteArrayInputStream(bytes)), longest);
    }

    private static List<String> all(String text) throws IOException {
        var lines = lines(text, 1_000_000);
        var all = new ArrayList<String>();
        for (var line = lines.next(); line != null; line = lines.next()) {
            all.add(new String(line, StandardCharsets.UTF_8));
        }
        return all;
    }

    @Test
    void keepsEmptyLinesAndALastOneWithoutAnEnd() throws IOException {
        assertThat(all("a\n\nb\r\nc")).containsExactly("a", "", "b\r", "c");
        assertThat(all("a\n")).containsExactly("a");
        assertThat(all("")).isEmpty();
    }

    @Test
    void joinsLinesThatAreLongerThanTheBuffer() throws IOException {
        var longLine = "x".repeat(RecordReader.BUFFER * 3 + 1);

        assertThat(all("a\n" + longLine + "\nb")).containsExactly("a", longLine, "b");
    }

    @Test
    void passesOverALineThatIsTooLong() throws IOException {
        var lines = lines("a\n" + "x".repeat(RecordReader.BUFFER * 3) + "\nb", 1_000);

        assertThat(lines.next()).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(lines::next).isInstanceOf(BadRecord.class);
        assertThat(lines.number()).isEqualTo(2);
        assertThat(lines.next()).isEqualTo("b".getBytes(StandardCharsets.UTF_8));
        assertThat(lines.number()).isEqualTo(3);
        assertThat(lines.next()).isNull();
    }
}
