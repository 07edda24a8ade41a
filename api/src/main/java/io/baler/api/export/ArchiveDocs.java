package io.baler.api.export;

import io.baler.api.docs.CallDoc;
import io.baler.api.docs.CallDocs;
import io.baler.api.docs.Schemas;
import io.baler.job.ArchiveFormat;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Archives and what proves them, as the document describes them. */
@Component
final class ArchiveDocs implements CallDocs {
    private static final String ONE = ExportPaths.ROOT + "/{id}";
    private static final String ETAG = "The ETag of what the caller has";
    private static final String[] NONE = {"not-found", "not-ready", "failed", "cancelled", "expired"};

    @Override
    public String tag() {
        return "Archives";
    }

    @Override
    public List<CallDoc> calls() {
        return List.of(archive(), manifest(), signature());
    }

    private static CallDoc archive() {
        return CallDoc.of(HttpMethod.GET, ONE + "/archive", "Downloads the archive")
                .named("downloadArchive")
                .says(
                        "By a redirect that is valid for minutes, or itself, as the server is set up. HEAD says what it is.")
                .header("Range", "A single range of bytes, where the archive comes itself")
                .header("If-Range", "The ETag that the range belongs to; of another archive all is sent")
                .header("If-None-Match", ETAG)
                .answers(200, "The archive; Repr-Digest tells what it has to be", bodies())
                .answers(206, "The part that Content-Range names", bodies())
                .answers(302, "Where it is; a secret, to be followed at once and without the token")
                .answers(304, "The caller has it")
                .refuses(NONE)
                .refuses(
                        "no-results",
                        "archive-lost",
                        "no-such-range",
                        "storage-unavailable",
                        "too-many-downloads",
                        "newer-version");
    }

    private static Map<String, Schema<?>> bodies() {
        return Arrays.stream(ArchiveFormat.values())
                .map(ArchiveFormat::mediaType)
                .distinct()
                .collect(Collectors.toMap(type -> type, Schemas::bytes));
    }

    private static CallDoc manifest() {
        return CallDoc.of(
                        HttpMethod.GET, ONE + "/manifest", "What the archive holds: exactly the bytes that are signed")
                .named("getManifest")
                .header("If-None-Match", ETAG)
                .answers(200, "The manifest", Map.of("application/json", Schemas.object(Map.of(), List.of())))
                .answers(304, "The caller has it")
                .refuses(NONE)
                .refuses("no-manifest", "archive-lost", "not-acceptable", "storage-unavailable", "newer-version");
    }

    private static CallDoc signature() {
        return CallDoc.of(HttpMethod.GET, ONE + "/manifest.sig", "The manifest's Ed25519 signature, 64 bytes")
                .named("getSignature")
                .answers(
                        200,
                        "The signature",
                        Map.of("application/octet-stream", Schemas.bytes("application/octet-stream")))
                .refuses(NONE)
                .refuses("no-manifest", "not-acceptable");
    }
}
