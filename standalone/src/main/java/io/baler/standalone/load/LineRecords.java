package io.baler.standalone.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;

/** One document a line (NDJSON, mongoexport); blank lines do not count, a bad one does not spoil the next. */
final class LineRecords implements RecordReader {

    private final Lines lines;
    private boolean broken;

    LineRecords(BufferedInputStream input) {
        this.lines = new Lines(input, Lines.LONGEST);
    }

    @Override
    public @Nullable Parsed next() {
        try {
            var line = broken ? null : lines.next();
            while (line != null && isBlank(line)) {
                line = lines.next();
            }
            return line == null ? null : new Parsed.Good(lines.number(), parse(line));
        } catch (BadRecord e) {
            return new Parsed.Bad(lines.number(), e.getMessage());
        } catch (JacksonException e) {
            return new Parsed.Bad(lines.number(), e.getOriginalMessage());
        } catch (IOException e) {
            broken = true;
            return new Parsed.Bad(lines.number() + 1, "cannot be read any further: " + e.getMessage());
        }
    }

    private static BsonDocument parse(byte[] line) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            var document = RecordReader.document(parser);
            if (parser.nextToken() != null) {
                throw new BadRecord("more than one value in the line");
            }
            return document;
        }
    }

    private static boolean isBlank(byte[] line) {
        for (var b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
