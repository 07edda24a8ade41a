package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A record's JSON as leaves with dotted paths. Leaves are text, numbers, arrays, empty objects, the objects by which
 * Extended JSON writes a single value, and whatever object nobody wants to look into.
 */
final class FlatJson {

    // what the encoder writes is bounded by what MongoDB stores
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** How Extended JSON writes numbers that JSON has not: what is between is the number. */
    private static final String[] NUMBER_OPENINGS = {"{\"$numberDecimal\":\"", "{\"$numberDouble\":\""};

    private static final String NUMBER_CLOSING = "\"}";

    private final GrowableBytes json;
    private final JsonParser parser;
    private final Leaves leaves;

    private FlatJson(GrowableBytes json, JsonParser parser, Leaves leaves) {
        this.json = json;
        this.parser = parser;
        this.leaves = leaves;
    }

    /** What is done with a record's leaves. */
    interface Leaves {

        /** Whether the leaves within the object at this path are wanted, and not the object as one. */
        boolean enters(String path);

        void leaf(String path, Leaf leaf);
    }

    /**
     * What stands at the end of a path.
     *
     * @param text as it is to be read: text without quotes, nothing for null, anything else as in {@code json}
     * @param json the value as it stands in the record
     * @param isText it is text, which may say anything
     */
    record Leaf(String text, String json, boolean isText) {}

    /** @param json one record's, compact, as the encoder writes it */
    static void walk(GrowableBytes json, Leaves leaves) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json.array(), 0, json.length())) {
            parser.nextToken();
            new FlatJson(json, parser, leaves).members("");
        }
    }

    private void members(String within) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String path = within + parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT && !isSingleValue() && leaves.enters(path)) {
                members(path + ".");
            } else {
                leaves.leaf(path, leaf(token));
            }
        }
    }

    private boolean isSingleValue() {
        int at = start();
        byte[] bytes = json.array();
        return bytes[at + 1] == '}' || bytes[at + 2] == '$';
    }

    private Leaf leaf(JsonToken token) {
        int start = start();
        return switch (token) {
            case VALUE_STRING -> {
                String text = parser.getString();
                yield new Leaf(text, slice(start), true);
            }
            case VALUE_NULL -> new Leaf("", "null", false);
            case START_OBJECT, START_ARRAY -> {
                parser.skipChildren();
                String value = slice(start);
                yield new Leaf(number(value), value, false);
            }
            default -> new Leaf(parser.getString(), parser.getString(), false);
        };
    }

    private static String number(String value) {
        for (String opening : NUMBER_OPENINGS) {
            if (value.startsWith(opening)) {
                return value.substring(opening.length(), value.length() - NUMBER_CLOSING.length());
            }
        }
        return value;
    }

    private int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private String slice(int from) {
        int to = (int) parser.currentLocation().getByteOffset();
        return new String(json.array(), from, to - from, StandardCharsets.UTF_8);
    }
}
