package io.baler.standalone.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** The records of one input, in order, without holding more than one of them. */
sealed interface RecordReader permits LineRecords, ArrayRecords {

    /** The deepest nesting that MongoDB accepts is less than this; it refuses by itself. */
    int DEEPEST = 250;

    /** White space, and the bytes of UTF-8's byte order mark. */
    String PASSED_OVER = " \t\r\n\u00EF\u00BB\u00BF";

    int BUFFER = 64 * 1024;

    JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** The next record, good or bad, or null at the end. */
    @Nullable
    Parsed next();

    /** An input that begins with {@code [} is one array; anything else has one document a line. */
    static RecordReader of(InputStream input) throws IOException {
        var buffered = new BufferedInputStream(input, BUFFER);
        return beginsAnArray(buffered) ? new ArrayRecords(buffered) : new LineRecords(buffered);
    }

    /** Reads the object at the parser's current token. */
    static BsonDocument document(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new BadRecord("not a JSON object");
        }
        if (JsonToBson.read(parser) instanceof BsonDocument document) {
            return document;
        }
        throw new BadRecord("a single value, not a document");
    }

    private static boolean beginsAnArray(BufferedInputStream input) throws IOException {
        input.mark(BUFFER);
        var first = input.read();
        for (var i = 1; i < BUFFER && PASSED_OVER.indexOf(first) >= 0; i++) {
            first = input.read();
        }
        input.reset();
        return first == '[';
    }
}
