package io.baler.api.export;

import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@link Intake} and {@link Previews} over HTTP. */
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
    private final Previews previews;

    RequestController(JsonBody bodies, Intake intake, KeyedIntake keyed, Previews previews) {
        this.bodies = bodies;
        this.intake = intake;
        this.keyed = keyed;
        this.previews = previews;
    }

    /** The very body of a request; whether it would restart or reuse something makes no difference to what it holds. */
    @PostMapping("/preview")
    Preview preview(InputStream body, Caller caller) {
        return previews.preview(caller, ExportCall.read(bodies.read(body)));
    }

    @PostMapping
    ResponseEntity<ExportView> request(InputStream body, Caller caller, @RequestHeader HttpHeaders headers) {
        var key = IdempotencyKey.in(headers);
        var json = bodies.read(body);
        var call = ExportCall.read(json, headers);
        return key.map(given -> keyed.request(caller, call, KeyedCall.of(caller, given, json)))
                .orElseGet(() -> intake.request(caller, call))
                .toResponse();
    }
}
