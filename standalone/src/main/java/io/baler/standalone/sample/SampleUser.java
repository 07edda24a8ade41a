package io.baler.standalone.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.ObjectId;

/**
 * One of the people whom the sample logs tell of. None of them exists.
 *
 * @param rank from 0; the first does most
 */
public record SampleUser(int rank, ObjectId id, String name, String username) {

    private static final List<String> NAMES = List.of(
            "Ada Birch",
            "Ben Sorrel",
            "Carla Fennel",
            "Dev Rowan",
            "Elin Aspen",
            "Femi Cedar",
            "Greta Yarrow",
            "Hugo Linden",
            "Iris Clover",
            "Jonas Hazel",
            "Kaia Juniper",
            "Liam Thistle",
            "Mei Laurel",
            "Nils Alder",
            "Oona Bracken",
            "Pavel Sedge",
            "Quinn Myrtle",
            "Rosa Tansy",
            "Sami Willow",
            "Tova Heather",
            "Umar Olive",
            "Vera Moss",
            "Wim Larch",
            "Xenia Basil",
            "Yuki Maple");

    /** Everybody, the most active first. */
    public static final List<SampleUser> ALL = all();

    BsonDocument document() {
        var joined = OfficeHours.BEGIN.minus(Duration.ofDays(1 + 13L * rank));
        return new BsonDocument("_id", new BsonObjectId(id))
                .append("username", new BsonString(username))
                .append("name", new BsonString(name))
                .append("email", new BsonString(username + "@example.org"))
                .append("createdAt", new BsonDateTime(joined.toEpochMilli()));
    }

    /** The {@code users} collection. */
    public static List<BsonDocument> documents() {
        var documents = new ArrayList<BsonDocument>();
        ALL.forEach(user -> documents.add(user.document()));
        return documents;
    }

    private static List<SampleUser> all() {
        return IntStream.range(0, NAMES.size())
                .mapToObj(i -> {
                    var name = NAMES.get(i);
                    var id = new ObjectId(String.format(Locale.ROOT, "5f00%020x", i + 1));
                    return new SampleUser(
                            i, id, name, name.toLowerCase(Locale.ROOT).replace(' ', '.'));
                })
                .toList();
    }
}
