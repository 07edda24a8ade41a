package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.JsonEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * Rows for spreadsheets (RFC 4180, every field quoted), below the same header in every file. A cell is the value as the
 * record's JSON has it, text without its quotes and null as nothing; arrays and objects stay JSON.
 *
 * <p>Text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers do not: {@code -5} is a number
 * in every spreadsheet, and no longer one behind an apostrophe.
 *
 * <p>A sub-document is in the column that names it, or member by member in the columns that name those.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
 */
final class CsvRows implements RecordLayout {

    /** What formulas begin with, in the wide forms of Japanese input, too; in UTF-8. */
    private static final byte[][] FORMULA_STARTS = Stream.of(
                    "=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20")
            .map(start -> start.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    /** Of the buffers: what a huge record has blown up is not kept for the rest of the export. */
    private static final int MOST_KEPT = 1 << 20;

    private static final int NOWHERE = -1;

    private final List<String> columns;
    private final Map<String, Integer> places = new HashMap<>();
    private final int placeOfOther;
    private final Set<String> parents = new HashSet<>();
    /** Empty between two records, like {@link #other}. */
    private GrowableBytes json = new GrowableBytes(0);

    private GrowableBytes other = new GrowableBytes(0);
    private GrowableBytes texts = new GrowableBytes(0);

    CsvRows(List<String> columns) {
        this.columns = List.copyOf(columns);
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i), i);
            addParents(columns.get(i));
        }
        Integer other = places.remove(CsvColumns.OTHER);
        this.placeOfOther = other == null ? NOWHERE : other;
    }

    private void addParents(String path) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            parents.add(path.substring(0, dot));
        }
        // a record is known by all of it
        parents.remove(CsvColumns.ID);
    }

    @Override
    public String encoder() {
        return "csv-1/" + JsonEncoder.VERSION;
    }

    @Override
    public String suffix() {
        return ".csv";
    }

    @Override
    public void begin(GrowableBytes file) {
        Cells header = new Cells();
        for (int i = 0; i < columns.size(); i++) {
            byte[] name = columns.get(i).getBytes(StandardCharsets.UTF_8);
            header.begin(i);
            texts.write(name, 0, name.length);
            header.endHarmless(i);
        }
        header.write(file);
        texts.clear();
    }

    @Override
    public boolean append(RawBsonDocument record, boolean first, GrowableBytes file) {
        boolean exact = JsonEncoder.encode(record, json);
        appendRow(file);
        return exact;
    }

    @Override
    public void appendMalformed(BsonValue id, RawBsonDocument record, boolean first, GrowableBytes file) {
        JsonEncoder.encodeMalformed(id, record, json);
        appendRow(file);
    }

    @Override
    public void end(GrowableBytes file) {}

    private void appendRow(GrowableBytes file) {
        Cells cells = new Cells();
        FlatJson.walk(json, cells);
        cells.endOther();
        cells.write(file);
        json = emptied(json);
        other = emptied(other);
        texts = emptied(texts);
    }

    private static GrowableBytes emptied(GrowableBytes bytes) {
        bytes.clear();
        return bytes.array().length > MOST_KEPT ? new GrowableBytes(0) : bytes;
    }

    private static boolean isFormula(byte[] text, int from, int to) {
        for (byte[] start : FORMULA_STARTS) {
            int behind = from + start.length;
            if (behind <= to && Arrays.equals(text, from, behind, start, 0, start.length)) {
                return true;
            }
        }
        return false;
    }

    /** One record's: where the text of each column is, among all texts in the order in which they came. */
    private final class Cells implements FlatJson.Leaves {

        private final int[] begins = new int[columns.size()];
        private final int[] ends = new int[columns.size()];

        Cells() {
            Arrays.fill(begins, NOWHERE);
        }

        @Override
        public boolean enters(String path) {
            return parents.contains(path);
        }

        @Override
        public void leaf(String path, FlatJson.Leaf leaf) {
            Integer place = places.get(path);
            // of two fields with one path the first has the column
            if (place != null && begins[place] == NOWHERE) {
                begin(place);
                leaf.appendText(texts);
                if (leaf.isText()) {
                    endHarmless(place);
                } else {
                    ends[place] = texts.length();
                }
            } else if (placeOfOther != NOWHERE) {
                other.write(other.length() == 0 ? '{' : ',');
                JsonEncoder.appendText(path, other);
                other.write(':');
                leaf.appendJson(other);
            }
        }

        void begin(int place) {
            begins[place] = texts.length();
        }

        void endHarmless(int place) {
            int from = begins[place];
            int to = texts.length();
            if (isFormula(texts.array(), from, to)) {
                // makes room for one more
                texts.write('\'');
                System.arraycopy(texts.array(), from, texts.array(), from + 1, to - from);
                texts.array()[from] = '\'';
            }
            ends[place] = texts.length();
        }

        void endOther() {
            if (other.length() > 0) {
                other.write('}');
                begin(placeOfOther);
                texts.write(other.array(), 0, other.length());
                ends[placeOfOther] = texts.length();
            }
        }

        /** Each field quoted, as nothing where there is none. */
        void write(GrowableBytes file) {
            for (int i = 0; i < begins.length; i++) {
                if (i > 0) {
                    file.write(',');
                }
                file.write('"');
                if (begins[i] != NOWHERE) {
                    writeEscaped(begins[i], ends[i], file);
                }
                file.write('"');
            }
            file.write('\r');
            file.write('\n');
        }

        private void writeEscaped(int from, int to, GrowableBytes file) {
            byte[] bytes = texts.array();
            int begin = from;
            for (int at = from; at < to; at++) {
                if (bytes[at] == '"') {
                    file.write(bytes, begin, at + 1 - begin);
                    // written again with what follows, which doubles it
                    begin = at;
                }
            }
            file.write(bytes, begin, to - begin);
        }
    }
}
