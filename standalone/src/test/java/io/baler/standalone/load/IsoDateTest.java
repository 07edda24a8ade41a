package io.baler.standalone.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoDateTest {

    @ParameterizedTest
    @CsvSource({
        "2023-07-10T11:42:18Z,               2023-07-10T11:42:18Z",
        "2023-07-10T11:42:18.123Z,           2023-07-10T11:42:18.123Z",
        "2023-07-10T11:42:18.123999Z,        2023-07-10T11:42:18.123Z",
        "1969-12-31T23:59:59.9999Z,          1969-12-31T23:59:59.999Z",
        "2023-07-10T11:42:18+02:00,          2023-07-10T09:42:18Z",
        "2023-07-10T11:42:18-0730,           2023-07-10T19:12:18Z",
        "2023-07-10T11:42:18+02,             2023-07-10T09:42:18Z",
        "2023-07-10t11:42:18z,               2023-07-10T11:42:18Z",
        "2023-07-10T11:42,                   2023-07-10T11:42:00Z",
        "2023-07-10T11:42:18,                2023-07-10T11:42:18Z",
        "2023-07-10,                         2023-07-10T00:00:00Z",
        "2024-02-29,                         2024-02-29T00:00:00Z",
    })
    void readsWhatIsoAllows(String text, Instant expected) {
        assertThat(IsoDate.epochMillis(text)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2023-02-29",
                "2023-07-10 11:42:18",
                "2023-07-10T25:00:00Z",
                "2023-07-10T11:42:18Z and more",
                "10.07.2023",
                "1688989338",
                "+999999999-01-01T00:00:00Z",
            })
    void refusesWhatIsNoDate(String text) {
        assertThatThrownBy(() -> IsoDate.epochMillis(text))
                .isInstanceOf(BadRecord.class)
                .hasMessage("\"" + text + "\" is no ISO 8601 date");
    }
}
