package io.baler.api.export;

import io.baler.job.Attachment;
import io.baler.job.ExportJob;
import io.baler.job.storage.DownloadName;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@link Archives} over HTTP. */
@RestController
@EnableConfigurationProperties(DownloadSettings.class)
final class ArchiveController {
    private final OwnExports exports;
    private final Archives archives;
    private final ArchiveDelivery delivery;
    private final DownloadSettings settings;

    ArchiveController(OwnExports exports, Archives archives, ArchiveDelivery delivery, DownloadSettings settings) {
        this.exports = exports;
        this.archives = archives;
        this.delivery = delivery;
        this.settings = settings;
    }

    /**
     * The right to the download is looked at anew at every call: the link behind it is never kept. Whoever has the
     * archive already gets none of it, and whoever asks about it only gets no link: nothing is downloaded then.
     */
    @GetMapping(ExportPaths.ROOT + "/{id}/archive")
    ResponseEntity<InputStreamResource> archive(
            @PathVariable String id, Caller caller, HttpMethod method, HttpServletRequest request) throws IOException {
        var job = exports.find(caller, id);
        var archive = archives.of(job);
        var digest = new HttpDigest(archive.sha256());
        if (digest.isKnownTo(request)) {
            return answer(HttpStatus.NOT_MODIFIED, digest).build();
        }
        if (method.equals(HttpMethod.HEAD)) {
            return described(answer(HttpStatus.OK, digest), job, archive)
                    .contentLength(archive.size())
                    .build();
        }
        return switch (settings.way()) {
            case REDIRECT ->
                answer(HttpStatus.FOUND, digest)
                        .location(delivery.link(job, caller))
                        .build();
            case STREAM -> streamed(job, archive, caller, rangeOf(request, archive, digest));
        };
    }

    /** A condition that names something else voids the range: the rest of another archive would fit nothing. */
    private static ByteRange rangeOf(HttpServletRequest request, Attachment archive, HttpDigest digest) {
        var condition = request.getHeader(HttpHeaders.IF_RANGE);
        return condition == null || digest.isNamedBy(condition)
                ? ByteRange.of(request.getHeader(HttpHeaders.RANGE), archive.size())
                : ByteRange.all(archive.size());
    }

    private ResponseEntity<InputStreamResource> streamed(
            ExportJob job, Attachment archive, Caller caller, ByteRange range) throws IOException {
        if (range.isNothing()) {
            throw ExportProblems.noSuchRange(range.of(archive.size()));
        }
        var isWhole = range.equals(ByteRange.all(archive.size()));
        var answer = answer(isWhole ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT, new HttpDigest(archive.sha256()));
        if (!isWhole) {
            answer.header(HttpHeaders.CONTENT_RANGE, range.of(archive.size()));
        }
        return described(answer, job, archive)
                .contentLength(range.count())
                .body(new InputStreamResource(delivery.stream(job, archive, range, caller)));
    }

    private ResponseEntity.BodyBuilder described(ResponseEntity.BodyBuilder answer, ExportJob job, Attachment archive) {
        if (settings.way() == DownloadSettings.Way.STREAM) {
            answer.header(HttpHeaders.ACCEPT_RANGES, "bytes");
        }
        return answer.header(HttpHeaders.CONTENT_DISPOSITION, DownloadName.attachment(archive.fileName()))
                .contentType(MediaType.parseMediaType(job.format().mediaType()));
    }

    private static ResponseEntity.BodyBuilder answer(HttpStatus status, HttpDigest digest) {
        return ResponseEntity.status(status).headers(digest::tell).cacheControl(CacheControl.noStore());
    }
}
