package io.baler.api.export;

import io.baler.api.limit.ApiLimits;
import io.baler.api.problem.ApiProblem;
import io.baler.job.request.RequestJson;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/** Reads a body strictly: bounded in size and depth, each name once, and nothing behind its end. */
@Component
final class JsonBody {
    private final int most;

    JsonBody(ApiLimits limits) {
        this.most = limits.bodyBytes();
    }

    JsonNode read(InputStream body) {
        try {
            return RequestJson.parse(bytes(body));
        } catch (JacksonException unreadable) {
            throw malformed(unreadable);
        }
    }

    private byte[] bytes(InputStream body) {
        try {
            var bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new ApiProblem(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "content-too-large",
                        "The body is larger than " + most + " bytes (baler.limits.body-size); nothing was started");
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
