package io.baler.api.export;

import io.baler.api.problem.ApiProblem;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a body strictly: bounded in size and depth, each name once, and nothing behind its end. */
final class JsonBody {
    /** Bytes; 10,000 names of 100 characters fit. */
    static final int MAX_SIZE = 1 << 20;
    /** Objects and lists in each other; a request has three. */
    static final int MAX_DEPTH = 20;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    // of two equal names the second would win: what was asked for is not clear
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBody() {}

    static JsonNode read(InputStream body) {
        try {
            return JSON.readTree(bytes(body));
        } catch (JacksonException unreadable) {
            throw malformed(unreadable);
        }
    }

    private static byte[] bytes(InputStream body) {
        try {
            var bytes = body.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw new ApiProblem(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "content-too-large",
                        "The body is larger than " + MAX_SIZE + " bytes; nothing was started");
            }
            return bytes;
        } catch (IOException broken) {
            // the caller's doing: too slow, gone, or chunks that are none
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "incomplete-body",
                    "The body could not be read to its end; nothing was started");
        }
    }

    /** Says where, and not what: the parser's words quote the body and name classes. */
    private static ApiProblem malformed(JacksonException unreadable) {
        var what = unreadable instanceof StreamConstraintsException
                ? "is nested too deeply or has too long a number"
                : "is not valid JSON, in which each name occurs once and nothing follows the value";
        var at = unreadable.getLocation();
        var where = at == null ? "" : ", see line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new ApiProblem(
                HttpStatus.BAD_REQUEST, "malformed-json", "The body " + what + where + "; nothing was started");
    }
}
