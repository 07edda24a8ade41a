package io.baler.api.export;

import io.baler.job.ExportJob;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
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
    private final Exports exports;
    private final OwnExports own;
    private final ExportPolling polling;
    private final ArchiveRemoval removal;

    ExportController(Exports exports, OwnExports own, ExportPolling polling, ArchiveRemoval removal) {
        this.exports = exports;
        this.own = own;
        this.polling = polling;
        this.removal = removal;
    }

    @GetMapping
    ResponseEntity<ExportList> list(@RequestParam MultiValueMap<String, String> query, Caller caller) {
        var call = new ListCall(query);
        return ExportList.answer(call, own.list(caller, call));
    }

    @GetMapping("/{id}")
    ResponseEntity<ExportView> find(@PathVariable String id, Caller caller, HttpServletRequest request) {
        return polling.answer(own.summary(caller, id), request);
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

    /** Whatever is asked for: programs that are generated from the document name the form of a refusal here. */
    @DeleteMapping(path = "/{id}", produces = MediaType.ALL_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        removal.remove(exports.delete(caller, id));
    }

    private static ResponseEntity<ExportView> accepted(ExportJob job) {
        return ExportAnswer.accepted(job).toResponse();
    }
}
