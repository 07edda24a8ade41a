package io.baler.standalone.load;

import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Makes the text at one field of a document, named by a dotted path, a date that exports can filter by. */
final class TimeField {

    private final String path;
    private final List<String> parents;
    private final String name;

    TimeField(String path) {
        this.path = path;
        var keys = List.of(path.split("\\."));
        this.parents = keys.subList(0, keys.size() - 1);
        this.name = keys.get(keys.size() - 1);
    }

    /** Returns whether the document has a date there now. Anything but text stays as it is. */
    boolean convert(BsonDocument document) {
        var parent = document;
        for (var key : parents) {
            if (!(parent.get(key) instanceof BsonDocument child)) {
                return false;
            }
            parent = child;
        }
        if (parent.get(name) instanceof BsonString text) {
            parent.put(name, new BsonDateTime(millis(text.getValue())));
        }
        return parent.get(name) instanceof BsonDateTime;
    }

    @Override
    public String toString() {
        return path;
    }

    private long millis(String text) {
        try {
            return IsoDate.epochMillis(text);
        } catch (BadRecord e) {
            throw new BadRecord(path + ": " + e.getMessage(), e);
        }
    }
}
