package io.baler.api.export;

import io.baler.job.ExportJob;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The export that a request brought, and whether there is something to wait for. */
record ExportAnswer(ExportJob job, HttpStatus status) {

    static ExportAnswer accepted(ExportJob job) {
        return new ExportAnswer(job, HttpStatus.ACCEPTED);
    }

    /** One that was finished before it was asked for. */
    static ExportAnswer reused(ExportJob job) {
        return new ExportAnswer(job, HttpStatus.OK);
    }

    ResponseEntity<ExportView> toResponse() {
        return ResponseEntity.status(status).location(ExportPaths.of(job)).body(ExportView.of(job));
    }
}
