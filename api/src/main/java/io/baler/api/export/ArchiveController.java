package io.baler.api.export;

import java.security.Principal;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@link Archives} over HTTP. */
@RestController
final class ArchiveController {
    private final Exports exports;
    private final Archives archives;

    ArchiveController(Exports exports, Archives archives) {
        this.exports = exports;
        this.archives = archives;
    }

    /** The right to the download is looked at anew at every click: the link behind it is never kept. */
    @GetMapping(ExportPaths.ROOT + "/{id}/archive")
    ResponseEntity<Void> archive(@PathVariable String id, Principal caller) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(archives.linkTo(exports.find(caller.getName(), id)))
                .cacheControl(CacheControl.noStore())
                .build();
    }
}
