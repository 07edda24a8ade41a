package io.baler.api.export;

import io.baler.job.audit.AuditAction;
import io.baler.job.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
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

    /**
     * The right to the download is looked at anew at every click: the link behind it is never kept. Whoever has the
     * archive already gets no link, so that nothing is downloaded.
     */
    @GetMapping(ExportPaths.ROOT + "/{id}/archive")
    ResponseEntity<Void> archive(@PathVariable String id, Caller caller, HttpServletRequest request) {
        var job = exports.find(caller, id);
        var digest = new HttpDigest(archives.of(job).sha256());
        if (digest.isKnownTo(request)) {
            return answer(HttpStatus.NOT_MODIFIED, digest).build();
        }
        var link = archives.linkTo(job);
        audit.did(AuditAction.DOWNLOADED, id, caller.actor());
        return answer(HttpStatus.FOUND, digest).location(link).build();
    }

    private static ResponseEntity.BodyBuilder answer(HttpStatus status, HttpDigest digest) {
        return ResponseEntity.status(status).headers(digest::tell).cacheControl(CacheControl.noStore());
    }
}
