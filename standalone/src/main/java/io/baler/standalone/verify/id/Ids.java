package io.baler.standalone.verify.id;

import io.baler.job.IdKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** Reads {@code _id}s where archives write them. */
public final class Ids {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private Ids() {}

    /**
     * Reads one in a record's JSON.
     *
     * @param parser at its value; left at its end
     * @throws BadId if it is none of this kind
     */
    public static Id inJson(IdKind kind, JsonParser parser) {
        var written = written(parser);
        var text = written.isObject() ? written.text() + " " + written.sha256() : written.text();
        return new Id(text, true, Keys.of(kind, written));
    }

    /** Reads one in a manifest; see {@link #inJson}. */
    public static Id inManifest(IdKind kind, JsonNode value) {
        try (var parser = value.traverse(ObjectReadContext.empty())) {
            parser.nextToken();
            return inJson(kind, parser);
        }
    }

    /**
     * Reads one in a CSV file's cell, where text may have got an apostrophe in front, decimals stand without what is
     * around them in JSON, and objects look like text.
     *
     * @throws BadId if it is none of this kind
     */
    public static Id inCsv(IdKind kind, String cell) {
        var mayBe = new ArrayList<Key>();
        BadId bad = null;
        for (var written : readings(cell)) {
            try {
                mayBe.addAll(kind == IdKind.NUMBER ? numbers(written) : Keys.of(kind, written));
            } catch (BadId otherwise) {
                bad = otherwise;
            }
        }
        if (mayBe.isEmpty() && bad != null) {
            throw bad;
        }
        // an object's text is all of it, while other text may have got its apostrophe or not
        return new Id(cell, kind == IdKind.DOCUMENT, mayBe);
    }

    private static List<Key> numbers(Written written) {
        try {
            return NumberKeys.ofPlain(written.text(), true);
        } catch (NumberFormatException none) {
            throw new BadId(IdKind.NUMBER, written.text(), none);
        }
    }

    private static List<Written> readings(String cell) {
        var readings = new ArrayList<Written>();
        readings.add(Written.plain(cell));
        if (cell.startsWith("'")) {
            readings.add(Written.plain(cell.substring(1)));
        }
        if (cell.startsWith("{")) {
            try (var parser = JSON.createParser(ObjectReadContext.empty(), cell)) {
                parser.nextToken();
                readings.add(written(parser));
            } catch (JacksonException textOnly) {
                return readings;
            }
        }
        return readings;
    }

    private static Written written(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> ObjectReader.read(parser);
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                Written.plain(parser.getString());
            default -> throw new BadId("has as its _id " + name(parser.currentToken()));
        };
    }

    private static String name(JsonToken token) {
        return token == JsonToken.START_ARRAY ? "an array" : "null";
    }
}
