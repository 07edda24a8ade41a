package io.baler.api.export;

import io.baler.job.audit.AuditAction;
import io.baler.job.audit.AuditTrail;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@link Archives} over HTTP. */
@RestController
final class ArchiveController {
    private final OwnExports exports;
    private final Archives archives;
    private final AuditTrail audit;

    ArchiveController(OwnExports exports, Archives archives, AuditTrail audit) {
        this.exports = exports;
        this.archives = archives;
        this.audit = audit;
    }

    /** The right to the download is looked at anew at every click: the link behind it is never kept. */
    @GetMapping(ExportPaths.ROOT + "/{id}/archive")
    ResponseEntity<Void> archive(@PathVariable String id, Caller caller) {
        var link = archives.linkTo(exports.find(caller, id));
        audit.did(AuditAction.DOWNLOADED, id, caller.actor());
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(link)
                .cacheControl(CacheControl.noStore())
                .build();
    }
}
