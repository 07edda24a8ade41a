package io.baler.standalone.verify.id;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads an object of any size and keeps only what is needed of it, since anybody may have written it. */
final class ObjectReader {

    private static final int KEPT_TEXT = 100;
    // Extended JSON's values have no more, no deeper and no longer ones
    private static final int KEPT_MEMBERS = 3;
    private static final int DEEPEST = 3;
    private static final int LONGEST_NAME = 20;

    private final JsonParser parser;
    private final MessageDigest digest = sha256();
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> members = new HashMap<>();
    private final Deque<String> paths = new ArrayDeque<>();

    private ObjectReader(JsonParser parser) {
        this.parser = parser;
    }

    /** @param parser at the object's beginning; left at its end */
    static Written read(JsonParser parser) {
        var reader = new ObjectReader(parser);
        reader.readObject();
        return new Written(
                reader.text.toString(), reader.members, HexFormat.of().formatHex(reader.digest.digest()));
    }

    private void readObject() {
        var path = "";
        var depth = 0;
        for (var token = JsonToken.START_OBJECT; ; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    paths.push(path);
                    depth++;
                    take(token.asString(), "");
                }
                case END_OBJECT, END_ARRAY -> {
                    path = paths.pop();
                    depth--;
                    take(token.asString(), "");
                    if (depth == 0) {
                        return;
                    }
                }
                case PROPERTY_NAME -> {
                    path = child(parser.currentName());
                    take("\"", parser.currentName() + "\":");
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    keep(path, parser.getString());
                    // the manifest's was read and written again, and 1.0 may have become 1
                    var number = number(parser.getString());
                    take("", (number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros()) + " ");
                }
                default -> {
                    keep(path, parser.getString());
                    take(token == JsonToken.VALUE_STRING ? "\"" : "", parser.getString() + " ");
                }
            }
        }
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException beyondIt) {
            throw new BadId(
                    "holds the number " + text.substring(0, Math.min(text.length(), 40)) + ", which nobody stores");
        }
    }

    /** Empty where nothing is kept. */
    private String child(String name) {
        var parent = paths.element();
        if (paths.size() > DEEPEST || name.length() > LONGEST_NAME || (parent.isEmpty() && paths.size() > 1)) {
            return "";
        }
        return parent.isEmpty() ? name : parent + "." + name;
    }

    private void keep(String path, String value) {
        if (!path.isEmpty() && members.size() < KEPT_MEMBERS) {
            members.put(path, value);
        }
    }

    /** A length goes before what anybody may have written, so that it cannot be taken for what follows. */
    private void take(String mark, String content) {
        digest.update((mark + content.length() + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(content.getBytes(StandardCharsets.UTF_8));
        if (text.length() < KEPT_TEXT) {
            text.append(mark).append(content, 0, Math.min(content.length(), KEPT_TEXT));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
