package io.baler.standalone.verify;

import io.baler.job.IdKind;
import io.baler.standalone.verify.id.BadId;
import io.baler.standalone.verify.id.Id;
import io.baler.standalone.verify.id.Ids;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Records of JSON, each on a line of its own: in an array or one behind the other. Keeps no record in memory. */
final class JsonRecords implements Records {

    /** A record of MongoDB has at most 16 MB, and its base64 a third more. */
    private static final int LONGEST_TEXT = 24 << 20;
    /** MongoDB nests 250 deep at most; code with scope takes two levels in JSON, and some values two more. */
    private static final int DEEPEST = 1_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            // names may be data: ones that were made to collide are no fault of the archive
            .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_TEXT)
                    .build())
            .build();

    private final JsonParser parser;
    private final boolean inArray;
    private int line = 1;

    JsonRecords(InputStream content, boolean inArray) {
        this.parser = JSON.createParser(ObjectReadContext.empty(), content);
        this.inArray = inArray;
    }

    @Override
    public Optional<Id> next(IdKind kind) {
        try {
            return line == 1 && inArray ? first(kind) : record(kind, parser.nextToken());
        } catch (JacksonException e) {
            throw new BadRecord("is no valid JSON", e);
        } catch (BadId e) {
            throw new BadRecord(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Id> first(IdKind kind) {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw new BadRecord("does not stand in an array", null);
        }
        requireLineBegin();
        line++;
        return record(kind, parser.nextToken());
    }

    private Optional<Id> record(IdKind kind, @Nullable JsonToken token) {
        if (token == null || token == JsonToken.END_ARRAY) {
            end(token);
            return Optional.empty();
        }
        if (token != JsonToken.START_OBJECT) {
            throw new BadRecord("is no JSON object", null);
        }
        requireLineBegin();
        var id = id(kind);
        if (parser.currentTokenLocation().getLineNr() != line) {
            throw new BadRecord("is not on one line", null);
        }
        line++;
        return Optional.of(id);
    }

    private Id id(IdKind kind) {
        Id id = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var isId = id == null && "_id".equals(parser.currentName());
            parser.nextToken();
            if (isId) {
                id = Ids.inJson(kind, parser);
            } else {
                parser.skipChildren();
            }
        }
        if (id == null) {
            throw new BadRecord("has no _id", null);
        }
        return id;
    }

    private void end(@Nullable JsonToken token) {
        if (inArray != (token == JsonToken.END_ARRAY)) {
            throw new BadRecord("is missing, and so is the end of the array", null);
        }
        if (inArray) {
            requireLineBegin();
            line++;
            if (parser.nextToken() != null) {
                throw new BadRecord("is behind the end of the array", null);
            }
        }
        var location = parser.currentLocation();
        if (location.getLineNr() != line || location.getColumnNr() != 1) {
            throw new BadRecord("is missing, or blank lines are in its place", null);
        }
    }

    private void requireLineBegin() {
        var location = parser.currentTokenLocation();
        if (location.getLineNr() != line || location.getColumnNr() != 1) {
            throw new BadRecord("does not begin on a line of its own", null);
        }
    }
}
