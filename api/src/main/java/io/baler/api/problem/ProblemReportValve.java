package io.baler.api.problem;

import io.baler.api.headers.SecurityHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Answers what Tomcat itself refuses, such as a request line that is none, as a problem instead of a page. */
public final class ProblemReportValve extends ErrorReportValve {
    private static final int FIRST_ERROR = 400;

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        var status = HttpStatus.resolve(response.getStatus());
        if (status == null
                || status.value() < FIRST_ERROR
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            SecurityHeaders.tell(response::setHeader);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(body(status).getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("a refusal could not be sent", gone);
        }
    }

    /** Of constants only: nothing of the request is in it. */
    private static String body(HttpStatus status) {
        return """
                {"type":"about:blank","title":"%s","status":%d,"detail":"The server cannot answer this request",\
                "code":"%s"}""".formatted(status.getReasonPhrase(), status.value(), ApiProblem.codeOf(status));
    }
}
