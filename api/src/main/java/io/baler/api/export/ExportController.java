package io.baler.api.export;

import io.baler.job.ExportJob;
import io.baler.job.request.InvalidRequest;
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
    private final OwnExports own;
    private final ArchiveRemoval removal;

    ExportController(Exports exports, OwnExports own, ArchiveRemoval removal) {
        this.exports = exports;
        this.own = own;
        this.removal = removal;
    }

    @GetMapping
    ExportList list(@RequestParam(defaultValue = "100") String limit, Caller caller) {
        return ExportList.of(own.newest(caller, limit(limit)));
    }

    @GetMapping("/{id}")
    ExportView find(@PathVariable String id, Caller caller) {
        return ExportView.of(own.find(caller, id));
    }

    @PostMapping("/{id}/restart")
    ResponseEntity<ExportView> restart(@PathVariable String id, Caller caller) {
        return accepted(exports.restart(caller, id));
    }

    @PostMapping("/{id}/cancel")
    ResponseEntity<ExportView> cancel(@PathVariable String id, Caller caller) {
        return accepted(exports.cancel(caller, id));
    }

    @PostMapping("/{id}/resume")
    ResponseEntity<ExportView> resume(@PathVariable String id, Caller caller) {
        return accepted(exports.resume(caller, id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        removal.remove(exports.delete(caller, id));
    }

    private static ResponseEntity<ExportView> accepted(ExportJob job) {
        return ExportAnswer.accepted(job).toResponse();
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
