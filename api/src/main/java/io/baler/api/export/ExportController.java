package io.baler.api.export;

import io.baler.job.ExportJob;
import io.baler.job.request.InvalidRequest;
import java.io.InputStream;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@link Exports} over HTTP. */
@RestController
// said here, so that an answer which the caller would not accept is refused before anything is done
@RequestMapping(path = ExportPaths.ROOT, produces = MediaType.APPLICATION_JSON_VALUE)
final class ExportController {
    private static final int MAX_LISTED = 500;

    private final Exports exports;

    ExportController(Exports exports) {
        this.exports = exports;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ExportView> request(InputStream body, Principal caller) {
        return accepted(exports.request(caller.getName(), ExportCall.read(JsonBody.read(body))));
    }

    @GetMapping
    ExportList list(@RequestParam(defaultValue = "100") String limit, Principal caller) {
        return ExportList.of(exports.newest(caller.getName(), limit(limit)));
    }

    @GetMapping("/{id}")
    ExportView find(@PathVariable String id, Principal caller) {
        return ExportView.of(exports.find(caller.getName(), id));
    }

    @PostMapping("/{id}/restart")
    ResponseEntity<ExportView> restart(@PathVariable String id, Principal caller) {
        return accepted(exports.restart(caller.getName(), id));
    }

    @PostMapping("/{id}/cancel")
    ResponseEntity<ExportView> cancel(@PathVariable String id, Principal caller) {
        return accepted(exports.cancel(caller.getName(), id));
    }

    @PostMapping("/{id}/resume")
    ResponseEntity<ExportView> resume(@PathVariable String id, Principal caller) {
        return accepted(exports.resume(caller.getName(), id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Principal caller) {
        exports.delete(caller.getName(), id);
    }

    private static ResponseEntity<ExportView> accepted(ExportJob job) {
        return ResponseEntity.accepted().location(ExportPaths.of(job)).body(ExportView.of(job));
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,4}")) {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LISTED) {
                return limit;
            }
        }
        throw InvalidRequest.malformed("limit", "must be a whole number from 1 to " + MAX_LISTED);
    }

    record ExportList(List<ExportView> exports) {
        static ExportList of(List<ExportJob> jobs) {
            return new ExportList(jobs.stream().map(ExportView::of).toList());
        }
    }
}
