package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * A record's JSON as leaves with dotted paths. Leaves are text, numbers, arrays, empty objects, the objects by which
 * Extended JSON writes a single value, and whatever object nobody wants to look into.
 */
final class FlatJson {

    // What the encoder writes is bounded by what MongoDB stores. Names may be data: ones that were made to collide
    // must not end an export.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /**
     * How Extended JSON writes the numbers that JSON has not. A record's own field can be called so, too, and hold any
     * text: that is no number, but an object like others.
     */
    private static final Pattern NUMBER = Pattern.compile(
            "\\{\"\\$number(?:Decimal|Double)\":\"(-?(?:[0-9]+(?:\\.[0-9]+)?(?:E[+-]?[0-9]+)?|Infinity|NaN))\"}");

    private static final byte[] NUMBER_BEGINS = "{\"$number".getBytes(StandardCharsets.US_ASCII);

    private final GrowableBytes json;
    private final JsonParser parser;
    private final Leaves leaves;
    private final Leaf leaf = new Leaf();

    private FlatJson(GrowableBytes json, JsonParser parser, Leaves leaves) {
        this.json = json;
        this.parser = parser;
        this.leaves = leaves;
    }

    /** What is done with a record's leaves. */
    interface Leaves {

        /** Whether the leaves within the object at this path are wanted, and not the object as one. */
        boolean enters(String path);

        /** @param leaf is the next one after this call */
        void leaf(String path, Leaf leaf);
    }

    /** @param json one record's, compact, as the encoder writes it */
    static void walk(GrowableBytes json, Leaves leaves) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json.array(), 0, json.length())) {
            parser.nextToken();
            new FlatJson(json, parser, leaves).members("");
        }
    }

    private void members(String within) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String path = within.isEmpty() ? parser.currentName() : within + parser.currentName();
            leaf.begin(parser.nextToken());
            if (leaf.isObject() && leaves.enters(path)) {
                members(path + ".");
            } else {
                leaves.leaf(path, leaf);
                parser.skipChildren();
            }
        }
    }

    /** What stands at the end of a path. Nothing of it is made before it is asked for. */
    final class Leaf {

        private JsonToken token = JsonToken.NOT_AVAILABLE;
        private int start;

        private void begin(JsonToken first) {
            token = first;
            start = (int) parser.currentTokenLocation().getByteOffset();
        }

        /** It has members of its own: it is neither empty nor Extended JSON's form of a single value. */
        private boolean isObject() {
            byte[] bytes = json.array();
            return token == JsonToken.START_OBJECT && bytes[start + 1] != '}' && bytes[start + 2] != '$';
        }

        /** It is text, which may say anything. */
        boolean isText() {
            return token == JsonToken.VALUE_STRING;
        }

        /** Appends it as it is to be read: text without quotes, nothing for null, anything else as the record has it. */
        void appendText(GrowableBytes out) {
            switch (token) {
                case VALUE_NULL -> {}
                case VALUE_STRING -> appendUnquoted(out);
                case START_OBJECT -> appendObject(out);
                default -> appendJson(out);
            }
        }

        private void appendUnquoted(GrowableBytes out) {
            int end = end() - 1;
            byte[] bytes = json.array();
            for (int at = start + 1; at < end; at++) {
                if (bytes[at] == '\\') {
                    byte[] unescaped = parser.getString().getBytes(StandardCharsets.UTF_8);
                    out.write(unescaped, 0, unescaped.length);
                    return;
                }
            }
            out.write(bytes, start + 1, end - start - 1);
        }

        private void appendObject(GrowableBytes out) {
            int end = end();
            if (beginsAsNumber(end)) {
                var number = NUMBER.matcher(new String(json.array(), start, end - start, StandardCharsets.UTF_8));
                if (number.matches()) {
                    out.ascii(number.group(1));
                    return;
                }
            }
            out.write(json.array(), start, end - start);
        }

        private boolean beginsAsNumber(int end) {
            int behind = start + NUMBER_BEGINS.length;
            return behind < end && Arrays.equals(json.array(), start, behind, NUMBER_BEGINS, 0, NUMBER_BEGINS.length);
        }

        /** Appends it as it stands in the record. */
        void appendJson(GrowableBytes out) {
            out.write(json.array(), start, end() - start);
        }

        private int end() {
            parser.finishToken();
            parser.skipChildren();
            return (int) parser.currentLocation().getByteOffset();
        }
    }
}
