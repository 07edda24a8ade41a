package io.baler.api.export;

import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The predecessor's route, so that its front end goes on working behind a proxy that supplies the token. */
@RestController
final class PredecessorController {
    static final String PATH = "/_api/v3/audit-log-bulk-export";

    private final JsonBody bodies;
    private final Intake intake;

    PredecessorController(JsonBody bodies, Intake intake) {
        this.bodies = bodies;
        this.intake = intake;
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Started start(InputStream body, Caller caller, @RequestHeader HttpHeaders headers) {
        var call = ExportCall.read(bodies.read(body), headers);
        return new Started(intake.request(caller, call).job().id());
    }

    record Started(String jobId) {}
}
