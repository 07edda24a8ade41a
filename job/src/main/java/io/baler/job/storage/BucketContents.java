package io.baler.job.storage;

import static io.baler.job.storage.S3Calls.await;
import static io.baler.job.storage.S3Calls.codeOf;
import static io.baler.job.storage.S3Calls.told;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What lies in the bucket, and how it goes for good: {@link ExportBucket} as the sweeps see it. Lists may be of any
 * length, for they are read page by page as they are consumed.
 */
public final class BucketContents {
    private static final Logger log = LoggerFactory.getLogger(BucketContents.class);

    /** Forbidden, not allowed, not implemented: the answers of those who do not tell versions. */
    private static final Set<Integer> TELLS_NO_VERSIONS = Set.of(403, 405, 501);

    private final S3AsyncClient s3;
    private final String bucket;
    private final int pageSize;
    private final AtomicBoolean warned = new AtomicBoolean();

    BucketContents(S3AsyncClient s3, String bucket, int pageSize) {
        this.s3 = s3;
        this.bucket = bucket;
        this.pageSize = pageSize;
    }

    /** A multipart upload that is neither completed nor aborted, with S3's own date of its beginning. */
    public record OpenUpload(String key, String uploadId, Instant initiated) {}

    /** An object, with S3's own date. */
    public record ListedObject(String key, Instant lastModified) {}

    /** The open uploads to keys that begin with the prefix. */
    public Stream<OpenUpload> uploads(String prefix) {
        return uploads(prefix, null, null).andAllBehind();
    }

    private Page<OpenUpload> uploads(String prefix, @Nullable String keyMarker, @Nullable String idMarker) {
        var answer = await(s3.listMultipartUploads(request -> request.bucket(bucket)
                .prefix(prefix)
                .maxUploads(pageSize)
                .keyMarker(keyMarker)
                .uploadIdMarker(idMarker)));
        var found = answer.uploads().stream()
                .map(upload -> new OpenUpload(upload.key(), upload.uploadId(), upload.initiated()))
                .toList();
        return isMoreBehind(answer.isTruncated(), answer.nextKeyMarker())
                ? new Page<>(found, () -> uploads(prefix, answer.nextKeyMarker(), answer.nextUploadIdMarker()))
                : new Page<>(found, null);
    }

    /** The objects whose keys begin with the prefix. */
    public Stream<ListedObject> objects(String prefix) {
        return objects(prefix, null).andAllBehind();
    }

    private Page<ListedObject> objects(String prefix, @Nullable String token) {
        var answer = await(s3.listObjectsV2(request ->
                request.bucket(bucket).prefix(prefix).maxKeys(pageSize).continuationToken(token)));
        var found = answer.contents().stream()
                .map(object -> new ListedObject(object.key(), object.lastModified()))
                .toList();
        return isMoreBehind(answer.isTruncated(), answer.nextContinuationToken())
                ? new Page<>(found, () -> objects(prefix, answer.nextContinuationToken()))
                : new Page<>(found, null);
    }

    /** Whether the upload is still there: neither completed nor aborted. */
    public boolean isAlive(String key, String uploadId) {
        // not by its parts: some servers answer with an empty list for an upload that they do not know
        return uploads(key)
                .anyMatch(
                        upload -> upload.key().equals(key) && upload.uploadId().equals(uploadId));
    }

    /**
     * Deletes the object and whatever a bucket with versions keeps of it; none is fine. Where versions cannot be seen
     * the object alone is deleted.
     */
    public void deleteForGood(String key) {
        await(s3.deleteObject(request -> request.bucket(bucket).key(key)));
        // behind it, for in a bucket with versions it has only put a marker on top of them
        for (var versionId : versionsOf(key)) {
            await(s3.deleteObject(request -> request.bucket(bucket).key(key).versionId(versionId)));
        }
    }

    private List<String> versionsOf(String key) {
        try {
            return versions(key, null, null)
                    .andAllBehind()
                    .filter(version -> version.key().equals(key))
                    .map(Version::id)
                    .toList();
        } catch (S3Exception refused) {
            if (!TELLS_NO_VERSIONS.contains(refused.statusCode())) {
                throw refused;
            }
            warnIfForbidden(refused);
            return List.of();
        }
    }

    private Page<Version> versions(String prefix, @Nullable String keyMarker, @Nullable String idMarker) {
        var answer = await(s3.listObjectVersions(request -> request.bucket(bucket)
                .prefix(prefix)
                .maxKeys(pageSize)
                .keyMarker(keyMarker)
                .versionIdMarker(idMarker)));
        var found = Stream.concat(
                        answer.versions().stream().map(Version::of),
                        answer.deleteMarkers().stream().map(Version::of))
                .toList();
        return isMoreBehind(answer.isTruncated(), answer.nextKeyMarker())
                ? new Page<>(found, () -> versions(prefix, answer.nextKeyMarker(), answer.nextVersionIdMarker()))
                : new Page<>(found, null);
    }

    private record Version(String key, String id) {
        static Version of(ObjectVersion version) {
            return new Version(version.key(), version.versionId());
        }

        static Version of(DeleteMarkerEntry marker) {
            return new Version(marker.key(), marker.versionId());
        }
    }

    /** Once: most buckets keep no versions, and then nothing is missing. */
    private void warnIfForbidden(S3Exception refused) {
        if (refused.statusCode() == 403 && !warned.getAndSet(true)) {
            log.warn(
                    "The versions in bucket {} may not be listed ({}). If it keeps any, those of deleted archives stay;"
                            + " allow s3:ListBucketVersions and s3:DeleteObjectVersion to have them removed",
                    bucket,
                    codeOf(refused));
        }
    }

    /** A page that says there is more, but not where, would be read for ever. */
    private static boolean isMoreBehind(@Nullable Boolean truncated, @Nullable String next) {
        return told("whether the list is complete", truncated) && next != null && !next.isEmpty();
    }
}
