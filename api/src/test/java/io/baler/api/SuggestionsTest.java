package io.baler.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnApiServer.class)
class SuggestionsTest {
    private final ApiServer api;

    SuggestionsTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void namesAreSuggestedByTheirBeginningWhateverItsCaseAndWhatItHoldsIsNoPattern() {
        collection("users")
                .insertMany(List.of(
                        new Document("username", "Zoe.A"),
                        new Document("username", "zoe.b"),
                        new Document("username", "zoexc")));

        assertThat(names("ZOE.")).isEqualTo("[\"Zoe.A\",\"zoe.b\"]");
        for (var none : List.of("oe.a", ".*", "%5CE", "")) {
            assertThat(names(none)).as(none).isEqualTo("[]");
        }
    }

    @Test
    void noMoreThanTwentyAreToldAndNoneOfALongText() {
        collection("users")
                .insertMany(IntStream.range(0, 30)
                        .mapToObj(n -> new Document("username", "many-" + n))
                        .toList());

        var told = api.get("/api/v1/users?prefix=many").is(200).body().path("usernames");
        assertThat(told.size()).isEqualTo(20);
        var refused = api.get("/api/v1/users?prefix=" + "x".repeat(101)).isProblem(400, "invalid-request");
        assertThat(refused.fields()).containsExactly("prefix");
    }

    @Test
    void actionsAreThoseThatMayBeAskedForOrElseThoseOfTheNewestLogs() {
        assertThat(api.get("/api/v1/actions").is(200).text())
                .isEqualTo("{\"actions\":[\"LOGIN\",\"LOGOUT\"],\"complete\":true}");
        collection("suggestedLogs")
                .insertMany(List.of(
                        new Document("action", "B"),
                        new Document("action", "A"),
                        new Document("action", 7),
                        new Document()));
        try (var open = Replica.of(api, "--baler.source.actions=", "--baler.source.collection=suggestedLogs")) {
            assertThat(open.get("/api/v1/actions").is(200).text())
                    .isEqualTo("{\"actions\":[\"A\",\"B\"],\"complete\":false}");
        }
    }

    private String names(String prefix) {
        return api.get("/api/v1/users?prefix=" + prefix)
                .is(200)
                .body()
                .path("usernames")
                .toString();
    }

    private MongoCollection<Document> collection(String name) {
        return api.bean(MongoClient.class).getDatabase("baler").getCollection(name);
    }
}
