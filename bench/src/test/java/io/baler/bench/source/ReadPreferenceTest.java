package io.baler.bench.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClients;
import io.baler.job.Selection;
import io.baler.job.source.LogDatabase;
import io.baler.job.source.SourceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Which member of a replica set the records of an export are read from, by the driver's own words on the wire. */
class ReadPreferenceTest {
    private static final Selection LOGS = new Selection(null, "bench", "activities", "user", "action", "createdAt");

    private final List<ReplicaSetMember> members = ReplicaSetMember.two();
    private final ReplicaSetMember primary = members.get(0);
    private final ReplicaSetMember secondary = members.get(1);

    @AfterEach
    void close() throws IOException {
        for (var member : members) {
            member.close();
        }
    }

    @Test
    void aSecondaryAnswersOnceItHasAllThatThePrimaryHadThen() {
        assertThat(read(Map.of("baler.source.read.preference", "secondary"))).hasSize(10);

        assertThat(primary.asked("find")).isEmpty();
        var find = secondary.asked("find").get(0);
        assertThat(find.getDocument("readConcern"))
                .isEqualTo(new BsonDocument("level", new BsonString("majority"))
                        .append("afterClusterTime", ReplicaSetMember.NOW));
        assertThat(find.getDocument("lsid"))
                .isEqualTo(primary.asked("ping").get(0).getDocument("lsid"));
    }

    @Test
    void unlessItIsSaidOtherwiseThePrimaryAnswers() {
        assertThat(read(Map.of())).hasSize(10);

        assertThat(primary.asked("find")).hasSize(1);
        assertThat(secondary.asked("find")).isEmpty();
    }

    @Test
    void tagsChooseAmongSecondaries() {
        var analytics =
                Map.of("baler.source.read.preference", "secondary", "baler.source.read.tags.nodeType", "ANALYTICS");
        var others = Map.of("baler.source.read.preference", "secondary", "baler.source.read.tags.nodeType", "SEARCH");

        assertThat(read(analytics)).hasSize(10);
        assertThatExceptionOfType(MongoTimeoutException.class).isThrownBy(() -> read(others));
    }

    private List<RawBsonDocument> read(Map<String, String> set) {
        var settings =
                new Binder(new MapConfigurationPropertySource(set)).bindOrCreate("baler.source", SourceSettings.class);
        var uri = "mongodb://" + primary.address() + "," + secondary.address()
                + "/?replicaSet=rs0&serverSelectionTimeoutMS=3000";
        try (var logs = new LogDatabase(MongoClients.create(uri), "bench", settings);
                var reads = logs.records(LOGS)) {
            return reads.find(new BsonDocument()).into(new ArrayList<>());
        }
    }
}
