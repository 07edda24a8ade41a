package io.baler.api.export;

import io.baler.job.evidence.Manifest;
import io.baler.job.storage.ArchiveKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@link Manifests} over HTTP. */
@RestController
final class ManifestController {
    private final OwnExports exports;
    private final Manifests manifests;
    private final ArchiveKeys keys;

    ManifestController(OwnExports exports, Manifests manifests, ArchiveKeys keys) {
        this.exports = exports;
        this.manifests = manifests;
        this.keys = keys;
    }

    /** Exactly the bytes that are signed. */
    @GetMapping(path = ExportPaths.ROOT + "/{id}/manifest", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<InputStreamResource> manifest(
            @PathVariable String id, Caller caller, HttpMethod method, HttpServletRequest request) {
        var job = exports.find(caller, id);
        var manifest = manifests.of(job);
        var digest = new HttpDigest(manifest.sha256());
        if (digest.isKnownTo(request)) {
            return answer(HttpStatus.NOT_MODIFIED, digest).build();
        }
        var answer = answer(HttpStatus.OK, digest)
                .headers(headers -> headers.setContentDisposition(file(keys.fileNameOf(job) + Manifest.SUFFIX)))
                .contentType(MediaType.APPLICATION_JSON)
                .contentLength(manifest.bytes());
        // whoever wants to know about it only must not have all of it read
        return method.equals(HttpMethod.HEAD)
                ? answer.build()
                : answer.body(new InputStreamResource(manifests.open(job)));
    }

    /** Kept by whoever likes, but looked at anew: it goes with its archive. */
    private static ResponseEntity.BodyBuilder answer(HttpStatus status, HttpDigest digest) {
        var revalidated = CacheControl.noCache().cachePrivate();
        return ResponseEntity.status(status).headers(digest::tell).cacheControl(revalidated);
    }

    /** The signature as the archives hold it: 64 bytes and nothing else. */
    @GetMapping(path = ExportPaths.ROOT + "/{id}/manifest.sig", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> signature(@PathVariable String id, Caller caller) {
        var job = exports.find(caller, id);
        var name = file(keys.fileNameOf(job) + Manifest.SIGNATURE_SUFFIX);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, name.toString())
                .body(Base64.getDecoder().decode(manifests.of(job).signature()));
    }

    private static ContentDisposition file(String name) {
        return ContentDisposition.attachment().filename(name).build();
    }
}
