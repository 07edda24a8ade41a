package io.baler.job.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baler.job.ArchiveFormat;
import io.baler.job.LogFilters;
import io.baler.job.request.InvalidRequest.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class RequestReaderTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void anEmptyFilterAsksForEverything() {
        assertThat(read("{'filters':{}}")).isEqualTo(new RequestedExport(LogFilters.NONE, ArchiveFormat.JSON, null));
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatIsAskedForByItsName(ArchiveFormat format) {
        assertThat(read("{'filters':{},'format':'" + format.value() + "'}").format())
                .isEqualTo(format);
    }

    @Test
    void whoAsksForAFormatThatIsNoneIsToldWhichThereAre() {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> read("{'filters':{},'format':'NDJSON_GZ'}"))
                .satisfies(refused -> assertThat(refused.errors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.message())
                                .isEqualTo(
                                        "'NDJSON_GZ' is unknown; there are json, ndjson, csv, ndjson.gz, ndjson.zst")));
    }

    @Test
    void listsAreSortedAndUniqueAndDatesReachFromTheFirstToTheLastMillisecond() {
        var request = read("{'filters':{'usernames':['b','a','b'],'dateFrom':'2023-01-01','dateTo':'2023-01-02'}}");

        assertThat(request.filters().usernames()).isEqualTo(List.of("a", "b"));
        assertThat(request.filters().dateFrom()).isEqualTo(Instant.parse("2023-01-01T00:00:00Z"));
        assertThat(request.filters().dateTo()).isEqualTo(Instant.parse("2023-01-02T23:59:59.999Z"));
    }

    @Test
    void boundsAreRoundedInwardsToMilliseconds() {
        var request =
                read("{'filters':{'dateFrom':'2023-01-01T00:00:00.0001Z','dateTo':'2023-01-01T01:00:00.0019+01:00'}}");

        assertThat(request.filters().dateFrom()).isEqualTo(Instant.parse("2023-01-01T00:00:00.001Z"));
        assertThat(request.filters().dateTo()).isEqualTo(Instant.parse("2023-01-01T00:00:00.001Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            []                                                  | (body)
            {}                                                  | filters
            {'filters':null}                                    | filters
            {'filters':[]}                                      | filters
            {'filters':{'userNames':['a']}}                     | filters.userNames
            {'filters':{'usernames':'a'}}                       | filters.usernames
            {'filters':{'usernames':{'$ne':'a'}}}               | filters.usernames
            {'filters':{'actions':['a',1]}}                     | filters.actions[1]
            {'filters':{'actions':['']}}                        | filters.actions[0]
            {'filters':{'dateFrom':'yesterday'}}                | filters.dateFrom
            {'filters':{'dateFrom':'2023-02-30'}}               | filters.dateFrom
            {'filters':{'dateTo':'2023-01-01T10:00:00'}}        | filters.dateTo
            {'filters':{'dateTo':'+12345-01-01T10:00:00Z'}}     | filters.dateTo
            {'filters':{'dateTo':20230101}}                     | filters.dateTo
            {'filters':{},'format':'xlsx'}                      | format
            {'filters':{},'format':7}                           | format
            {'filters':{},'asOf':'soon'}                        | asOf
            """)
    void whatCannotBeUnderstoodIsMalformedAndNamesTheField(String body, String field) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> read(body))
                .satisfies(refused -> {
                    assertThat(refused.kind()).isEqualTo(Kind.MALFORMED);
                    assertThat(refused.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.field()).isEqualTo(field));
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'filters':{'usernames':[]}}                                       | filters.usernames
            {'filters':{'users':[]}}                                           | filters.users
            {'filters':{'actions':[]}}                                         | filters.actions
            {'filters':{'dateFrom':'2023-01-02','dateTo':'2023-01-01'}}        | filters.dateFrom
            """)
    void whatSelectsNothingIsRefusedInsteadOfWidened(String body, String field) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> read(body))
                .satisfies(refused -> {
                    assertThat(refused.kind()).isEqualTo(Kind.UNPROCESSABLE);
                    assertThat(refused.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.field()).isEqualTo(field));
                });
    }

    @Test
    void whatIsShownOfABadValueHasNoControlCharactersAndAnEnd() {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> read("{'filters':{'dateFrom':'a\\n" + "x".repeat(500) + "'}}"))
                .satisfies(refused -> assertThat(refused.getMessage())
                        .contains("a?xxx")
                        .doesNotContain("\n")
                        .hasSizeLessThan(300));
    }

    private static RequestedExport read(String json) {
        return RequestReader.read(JSON.readTree(json.replace('\'', '"')));
    }
}
