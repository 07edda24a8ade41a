package io.baler.api.export;

import io.baler.api.auth.Validity;
import io.baler.api.stream.EventStreams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@link ExportWatch} over HTTP. */
@RestController
final class EventController {
    private final OwnExports own;
    private final ExportWatch watch;
    private final EventStreams streams;
    private final Validity validity;

    EventController(OwnExports own, ExportWatch watch, EventStreams streams, Validity validity) {
        this.own = own;
        this.watch = watch;
        this.streams = streams;
        this.validity = validity;
    }

    /** Looks at every beginning whose export it is; a stream that breaks, or outlives its token, begins anew. */
    @GetMapping(path = ExportPaths.ROOT + "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(
            @PathVariable String id,
            Caller caller,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String heard,
            HttpServletRequest request,
            HttpServletResponse response) {
        var now = watch.eventOf(own.summary(caller, id));
        if (now.isLast() && now.isKnownAs(heard)) {
            // the one answer on which an EventSource does not come again
            response.setStatus(HttpStatus.NO_CONTENT.value());
        } else if (HttpMethod.HEAD.matches(request.getMethod())) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        } else {
            var until = validity.until(request.getUserPrincipal());
            watch.follow(id, now, streams.open(caller.name(), until, request, response), heard);
        }
    }
}
