package io.baler.job.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            logs.zip      | attachment; filename="logs.zip"
            my logs.zip   | attachment; filename="my logs.zip"
            lögs.zip      | attachment; filename="l_gs.zip"; filename*=UTF-8''l%C3%B6gs.zip
            a"b.zip       | attachment; filename="a_b.zip"; filename*=UTF-8''a%22b.zip
            a%20b.zip     | attachment; filename="a_20b.zip"; filename*=UTF-8''a%2520b.zip
            日志.zip       | attachment; filename="__.zip"; filename*=UTF-8''%E6%97%A5%E5%BF%97.zip
            """)
    void aNameIsSaidPlainlyAndWhereThatIsNotEnoughEncodedToo(String name, String header) {
        assertThat(DownloadName.attachment(name)).isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource({"13", "10", "0"})
    void noNameBreaksOutOfItsHeader(int character) {
        assertThat(DownloadName.attachment("a" + (char) character + "Set-Cookie: x"))
                .startsWith("attachment; filename=\"a_Set-Cookie: x\"; filename*=UTF-8''a%")
                .doesNotContainPattern("[\\x00-\\x1F]");
    }
}
