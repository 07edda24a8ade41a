package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.JsonEncoder;
import io.baler.worker.encode.MalformedRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bson.RawBsonDocument;

/** Which columns a CSV export has: dotted paths of fields, the same in every file of it. */
public final class CsvColumns {

    /** The first one always, since a record is known and ordered by it. */
    static final String ID = "_id";

    /** Holds, as one JSON object of dotted paths, what of a record has no column of its own. */
    public static final String OTHER = "_other";

    /** Documents whose names are data, such as maps by user, must not become columns without end. */
    static final int MOST = 500;

    /** Of a name, in characters: all names together are stored with the job and in its manifest. */
    static final int LONGEST = 200;

    private CsvColumns() {}

    /**
     * Columns as configured; the {@code _id} comes first even where it is not named.
     *
     * @throws IllegalArgumentException if one of them cannot be the name of a field, or has nothing to show
     */
    public static List<String> chosen(List<String> names) {
        Set<String> columns = new LinkedHashSet<>();
        columns.add(ID);
        for (String name : names) {
            if (name.isBlank() || ("." + name + ".").contains("..")) {
                throw new IllegalArgumentException("'" + name + "' is no dotted name of a field");
            }
            if (name.startsWith(ID + ".")) {
                throw new IllegalArgumentException("'" + name + "' is within " + ID + ", whose column shows all of it");
            }
            columns.add(name);
        }
        return List.copyOf(columns);
    }

    /**
     * The fields of these records in the order in which they come, and {@value #OTHER} for what has none of these
     * columns: fields of later records, and those beyond the first {@value #MOST} or with names of more than
     * {@value #LONGEST} characters.
     */
    public static List<String> of(Iterable<RawBsonDocument> records) {
        Set<String> columns = new LinkedHashSet<>();
        columns.add(ID);
        GrowableBytes json = new GrowableBytes(0);
        for (RawBsonDocument record : records) {
            json.clear();
            if (isReadable(record, json)) {
                FlatJson.walk(json, new Collector(columns));
            }
        }
        columns.remove(OTHER);
        columns.add(OTHER);
        return List.copyOf(columns);
    }

    private static boolean isReadable(RawBsonDocument record, GrowableBytes json) {
        try {
            JsonEncoder.encode(record, json);
            return true;
        } catch (MalformedRecord hasNoFields) {
            return false;
        }
    }

    private record Collector(Set<String> columns) implements FlatJson.Leaves {

        @Override
        public boolean enters(String path) {
            return mayAdd(path) && !path.equals(ID);
        }

        @Override
        public void leaf(String path, FlatJson.Leaf leaf) {
            if (mayAdd(path)) {
                columns.add(path);
            }
        }

        private boolean mayAdd(String path) {
            return columns.size() < MOST && path.length() <= LONGEST;
        }
    }
}
