package io.baler.api.export;

import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@link Intake} over HTTP. */
@RestController
@RequestMapping(
        path = ExportPaths.ROOT,
        consumes = MediaType.APPLICATION_JSON_VALUE,
        // said here, so that an answer which the caller would not accept is refused before anything is done
        produces = MediaType.APPLICATION_JSON_VALUE)
final class RequestController {
    private final JsonBody bodies;
    private final Intake intake;
    private final KeyedIntake keyed;

    RequestController(JsonBody bodies, Intake intake, KeyedIntake keyed) {
        this.bodies = bodies;
        this.intake = intake;
        this.keyed = keyed;
    }

    @PostMapping
    ResponseEntity<ExportView> request(InputStream body, Caller caller, @RequestHeader HttpHeaders headers) {
        var key = IdempotencyKey.in(headers);
        var json = bodies.read(body);
        var call = ExportCall.read(json);
        return key.map(given -> keyed.request(caller, call, KeyedCall.of(caller, given, json)))
                .orElseGet(() -> intake.request(caller, call))
                .toResponse();
    }
}
