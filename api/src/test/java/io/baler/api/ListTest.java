package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(OnApiServer.class)
class ListTest {
    private final ApiServer api;
    /** One that no other test uses. */
    private final Instant day = Instant.parse("2011-01-01T00:00:00Z")
            .plus(Duration.ofDays(ThreadLocalRandom.current().nextInt(4_000)));

    ListTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void linksLeadThroughTheWholeListAndNothingIsShownTwice() {
        var ids = IntStream.range(0, 5)
                .mapToObj(n -> createdAt(day.plusSeconds(n / 2)))
                .toList();

        var first = api.get(ofTheDay() + "&limit=2&status=queued&status=failed").is(200);
        // neither moves what is still to come
        createdAt(day.plusSeconds(9));
        api.jobs().cancel(first.body().at("/exports/1/id").stringValue());
        var pages = new ArrayList<>(List.of(first));
        while (pages.get(pages.size() - 1).body().has("next")) {
            var last = pages.get(pages.size() - 1);
            var next = last.body().path("next").stringValue();
            assertThat(last.header("link")).isEqualTo("<" + next + ">; rel=\"next\"");
            pages.add(api.get(next).is(200));
        }

        assertThat(pages).hasSize(3);
        assertThat(pages.get(2).header("link")).isEmpty();
        assertThat(pages.stream().flatMap(page -> ids(page).stream()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void statusesAndTimesRestrictTheList() {
        var early = createdAt(day);
        var late = createdAt(day.plus(Duration.ofHours(23)));
        api.jobs().cancel(late);

        assertThat(ids(api.get(ofTheDay()))).containsExactly(late, early);
        assertThat(ids(api.get(ofTheDay() + "&status=cancelled"))).containsExactly(late);
        assertThat(ids(api.get(ofTheDay() + "&status=cancelled&status=queued"))).containsExactly(late, early);
        assertThat(ids(api.get(ofTheDay() + "&status=completed"))).isEmpty();
        // a date alone is its first or last millisecond; an offset has a plus that must survive the next link
        var from = day.plus(Duration.ofHours(1)).toString().replace("Z", "%2B00:00");
        assertThat(ids(api.get(EXPORTS + "?createdFrom=" + from + "&createdTo=" + date())))
                .containsExactly(late);
        createdAt(day.plus(Duration.ofHours(22)));
        var next = api.get(EXPORTS + "?limit=1&createdFrom=" + from + "&createdTo=" + date());
        assertThat(ids(api.get(next.body().path("next").stringValue()).is(200))).hasSize(1);
    }

    @Test
    void onesOwnNameChangesNothingAndOfAnotherNothingIsTold() {
        var own = createdAt(day);

        assertThat(ids(api.get(ofTheDay() + "&requestedBy=" + ApiServer.USER))).containsExactly(own);
        var others = api.get(ofTheDay() + "&requestedBy=bob").is(200);
        assertThat(others.text()).isEqualTo("{\"exports\":[]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status=                                         | 400 | status
            status=deleted                                  | 400 | status
            status=QUEUED                                   | 400 | status
            status=queued&status=nonsense                   | 400 | status
            status[$ne]=queued                              | 400 | status[$ne]
            requestedBy=                                    | 400 | requestedBy
            requestedBy=ann&requestedBy=bob                 | 400 | requestedBy
            createdFrom=yesterday                           | 400 | createdFrom
            createdTo=2023-02-30                            | 400 | createdTo
            createdFrom=2023-01-02&createdTo=2023-01-01     | 422 | createdFrom
            createdSince=2023-01-02                         | 400 | createdSince
            """)
    void aFilterThatIsNotUnderstoodIsRefusedByName(String query, int status, String field) {
        var answer = api.get(EXPORTS + "?" + query.strip().replace("[", "%5B").replace("]", "%5D"));

        answer.isProblem(status, status == 400 ? "invalid-request" : "unprocessable-request");
        assertThat(answer.fields()).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "%20",
                "MTIz",
                "!!!!",
                "MTIzOg",
                // 1672574400000:{"$gt":""}
                "MTY3MjU3NDQwMDAwMDp7IiRndCI6IiJ9",
                // -1:0123456789abcdef01234567
                "LTE6MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
                // 1:0123456789ABCDEF01234567
                "MTowMTIzNDU2Nzg5QUJDREVGMDEyMzQ1Njc",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void aCursorThatIsNoneIsRefusedByName(String cursor) {
        var answer = api.get(EXPORTS + "?cursor=" + cursor).isProblem(400, "invalid-request");

        assertThat(answer.fields()).containsExactly("cursor");
    }

    private String ofTheDay() {
        return EXPORTS + "?createdFrom=" + date() + "&createdTo=" + date();
    }

    private LocalDate date() {
        return LocalDate.ofInstant(day, java.time.ZoneOffset.UTC);
    }

    private static List<String> ids(Answer page) {
        return page.is(200)
                .body()
                .path("exports")
                .valueStream()
                .map((JsonNode export) -> export.path("id").stringValue())
                .toList();
    }

    private String createdAt(Instant time) {
        var id = api.requested();
        api.bean(MongoClient.class)
                .getDatabase("baler")
                .getCollection("exportJobs")
                .updateOne(new Document("_id", id), new Document("$set", new Document("createdAt", Date.from(time))));
        return id;
    }
}
