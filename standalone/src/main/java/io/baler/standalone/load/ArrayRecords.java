package io.baler.standalone.load;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** The elements of one JSON array. Behind broken syntax nothing can be read any more; other bad elements are passed. */
final class ArrayRecords implements RecordReader {

    private static final int IN_ARRAY = 1;

    private final JsonParser parser;
    private boolean ended;

    ArrayRecords(InputStream input) {
        this.parser = JSON.createParser(ObjectReadContext.empty(), input);
    }

    @Override
    public @Nullable Parsed next() {
        try {
            if (parser.currentToken() == null) {
                parser.nextToken();
            }
            return ended ? null : element();
        } catch (JacksonException e) {
            ended = true;
            return new Parsed.Bad(
                    parser.currentLocation().getLineNr(),
                    e.getOriginalMessage() + " (nothing from here on could be read)");
        }
    }

    private @Nullable Parsed element() {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            ended = true;
            return parser.nextToken() == null ? null : new Parsed.Bad(line(), "something follows the array's end");
        }
        var line = line();
        try {
            return new Parsed.Good(line, RecordReader.document(parser));
        } catch (BadRecord e) {
            leaveElement();
            return new Parsed.Bad(line, e.getMessage());
        }
    }

    private void leaveElement() {
        while (parser.streamReadContext().getNestingDepth() > IN_ARRAY) {
            parser.nextToken();
        }
    }

    private long line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
