package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an export would hold, without one. */
@ExtendWith(OnApiServer.class)
class PreviewTest {
    private static final String PREVIEW = EXPORTS + "/preview";
    private static final int RECORDS = 300;
    private static final Instant BEGIN = Instant.parse("2023-01-01T00:00:00Z");

    private final ApiServer api;
    private final String user = "previewed" + new ObjectId();
    private final ObjectId id = new ObjectId();

    PreviewTest(ApiServer api) {
        this.api = api;
    }

    /** One an hour, and one that will not have happened yet. */
    @BeforeEach
    void fill() {
        var database = api.bean(MongoClient.class).getDatabase("baler");
        database.getCollection("users").insertOne(new Document("_id", id).append("username", user));
        var logs = new ArrayList<Document>();
        IntStream.range(0, RECORDS).forEach(i -> logs.add(log(BEGIN.plus(Duration.ofHours(i)))));
        logs.add(log(Instant.now().plus(Duration.ofDays(1))));
        database.getCollection("activities").insertMany(logs);
    }

    private Document log(Instant when) {
        return new Document("user", id)
                .append("action", "LOGIN")
                .append("ip", "192.0.2." + when.toEpochMilli() % 251)
                .append("endpoint", "/_api/v3/login")
                .append("createdAt", Date.from(when));
    }

    @Test
    void whatMatchesIsCountedAndItsSizeEstimatedAndNothingIsStarted() {
        var preview = new NothingStarted(api).by(() -> preview("")).is(200).body();

        assertThat(preview.path("count").asInt()).isEqualTo(RECORDS);
        assertThat(preview.path("exact").booleanValue()).isTrue();
        // a record has some 120 bytes, and most of them are alike
        assertThat(preview.path("estimatedBytes").asLong()).isBetween(RECORDS * 5L, RECORDS * 60L);
        assertThat(preview.path("unknown").toString()).isEqualTo("{\"usernames\":[],\"actions\":[]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ,'dateFrom':'2023-01-01','dateTo':'2023-01-02'                          | 48
            ,'dateFrom':'2023-01-02T10:00:00Z','dateTo':'2023-01-02T11:00:00Z'      | 2
            ,'dateTo':'2022-12-31'                                                  | 0
            ,'actions':['LOGOUT']                                                   | 0
            """)
    void filtersCountAsTheyDoInAnExport(String filters, int count) {
        var preview = preview(filters.replace('\'', '"')).is(200).body();

        assertThat(preview.path("count").asInt()).isEqualTo(count);
        assertThat(preview.path("exact").booleanValue()).isTrue();
        assertThat(preview.path("estimatedBytes").asLong() == 0).isEqualTo(count == 0);
    }

    @Test
    void noRecordOfALaterTimeThanIsWishedCounts() {
        var body = "{\"filters\":{\"usernames\":[\"" + user + "\"]},\"asOf\":\"2023-01-01T09:30:00Z\"}";

        assertThat(api.post(PREVIEW, body).is(200).body().path("count").asInt()).isEqualTo(10);
    }

    @Test
    void unknownNamesAreToldAndThenNothingIsCounted() {
        var preview = api.post(
                        PREVIEW,
                        "{\"filters\":{\"usernames\":[\"" + user + "\",\"nobody\"],\"actions\":[\"LOGIN\",\"LOGON\"]}}")
                .is(200)
                .body();

        assertThat(preview.toString())
                .isEqualTo("{\"count\":0,\"exact\":true,\"estimatedBytes\":0,"
                        + "\"unknown\":{\"usernames\":[\"nobody\"],\"actions\":[\"LOGON\"]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"restartJob", "reuse"})
    void whatARequestWouldDoBesidesMakesNoDifference(String wish) {
        var body = "{\"filters\":{\"usernames\":[\"" + user + "\"]},\"" + wish + "\":true}";

        assertThat(api.post(PREVIEW, body).is(200).body().path("count").asInt()).isEqualTo(RECORDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {}                                                               | 400 | filters
            {'filters':{'actionz':['LOGIN']}}                                | 400 | filters.actionz
            {'filters':{'actions':[]}}                                       | 422 | filters.actions
            {'filters':{'dateFrom':'2023-01-02','dateTo':'2023-01-01'}}      | 422 | filters.dateFrom
            {'filters':{},'reuse':'yes'}                                     | 400 | reuse
            """)
    void whatIsNoRequestIsRefusedAsOne(String body, int status, String field) {
        var refused = api.post(PREVIEW, body.replace('\'', '"'));

        assertThat(refused.is(status).fields()).containsExactly(field);
    }

    @Test
    void thereAreOnlySoManyAtOnce() throws Exception {
        var callers = Executors.newFixedThreadPool(8);
        try (var narrow = Replica.of(api, "--baler.preview.at-once=1")) {
            var statuses = new ArrayList<Integer>();
            await().until(() -> {
                for (var call : callers.invokeAll(List.<Callable<Answer>>of(
                        () -> narrow.post(PREVIEW, everything()),
                        () -> narrow.post(PREVIEW, everything()),
                        () -> narrow.post(PREVIEW, everything()),
                        () -> narrow.post(PREVIEW, everything())))) {
                    var answer = call.get();
                    statuses.add(answer.status());
                    if (answer.status() == 429) {
                        answer.isProblem(429, "too-many-previews");
                        assertThat(answer.header("retry-after")).isEqualTo("5");
                    }
                }
                return statuses.contains(429);
            });
            assertThat(statuses).containsOnly(200, 429).contains(200);
            narrow.post(PREVIEW, everything()).is(200);
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void aDatabaseThatIsGoneIsNotTakenForASlowOne() {
        api.mongodb().cut();
        try {
            api.post(PREVIEW, everything()).isProblem(503, "database-unavailable");
        } finally {
            api.mendMongodb();
        }
    }

    private static String everything() {
        return "{\"filters\":{}}";
    }

    private Answer preview(String more) {
        return api.post(PREVIEW, "{\"filters\":{\"usernames\":[\"" + user + "\"]" + more + "}}");
    }
}
