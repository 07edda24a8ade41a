package io.baler.standalone.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class SampleLogsTest {

    private static final int COUNT = 20_000;

    private final List<BsonDocument> logs =
            StreamSupport.stream(new SampleLogs(COUNT).spliterator(), false).toList();

    private static Instant createdAt(BsonDocument log) {
        return Instant.ofEpochMilli(log.getDateTime("createdAt").getValue());
    }

    private static String sha256(Iterable<BsonDocument> documents) throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        documents.forEach(document -> digest.update(new RawBsonDocument(document, new BsonDocumentCodec())
                .getByteBuffer()
                .asNIO()));
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void areTheSameBytesEverywhereAndAlways() throws NoSuchAlgorithmException {
        assertThat(sha256(new SampleLogs(1_000)))
                .isEqualTo(sha256(new SampleLogs(1_000)))
                .isEqualTo("b896b0282b9c83c34c323cf90c22dd95246c588c9cb8e148d9a7541960211b0d");
        assertThat(sha256(SampleUser.documents()))
                .isEqualTo("d8696d077b0e354a324cd429ad2f455850071d79a65fd7b210d6e7366f1844ad");
    }

    @Test
    void ascendByIdAndTimeWithinTheHalfYear() {
        assertThat(logs).hasSize(COUNT);
        assertThat(logs.stream().map(log -> log.getObjectId("_id").getValue()).toList())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(logs.stream().map(SampleLogsTest::createdAt).toList()).isSorted();
        assertThat(createdAt(logs.get(0))).isAfter(OfficeHours.BEGIN);
        assertThat(createdAt(logs.get(COUNT - 1))).isBefore(OfficeHours.END);
    }

    @Test
    void staySortedWhenManyFallIntoOneSecond() {
        var last = new ObjectId(new byte[12]);
        for (var log : new SampleLogs(3_000_000)) {
            var id = log.getObjectId("_id").getValue();
            if (id.compareTo(last) <= 0) {
                assertThat(id).isGreaterThan(last);
            }
            last = id;
        }
    }

    @Test
    void tellOfEveryUserAndActionAndOfSomeMuchMore() {
        var byUser = logs.stream().collect(Collectors.groupingBy(log -> log.get("user"), Collectors.counting()));
        var byAction = logs.stream().collect(Collectors.groupingBy(log -> log.get("action"), Collectors.counting()));

        assertThat(byUser).hasSize(SampleUser.ALL.size());
        assertThat(byUser.get(new BsonObjectId(SampleUser.ALL.get(0).id())))
                .isGreaterThan(10
                        * byUser.get(new BsonObjectId(
                                SampleUser.ALL.get(SampleUser.ALL.size() - 1).id())));
        assertThat(byAction).hasSize(SampleAction.values().length);
    }

    @Test
    void areMadeInOfficeHours() {
        var byHour = logs.stream()
                .map(log -> createdAt(log).atOffset(ZoneOffset.UTC).getHour())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(byHour.get(10)).isGreaterThan(20 * byHour.get(3));
    }

    @Test
    void nameTheUserAsTheUsersCollectionDoes() {
        var names = SampleUser.documents().stream()
                .collect(Collectors.toMap(user -> user.get("_id"), user -> user.getString("username")));

        assertThat(logs)
                .allSatisfy(log ->
                        assertThat(log.getDocument("snapshot").get("username")).isEqualTo(names.get(log.get("user"))));
        assertThat(names.values()).doesNotHaveDuplicates();
    }
}
