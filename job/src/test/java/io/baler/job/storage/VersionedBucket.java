package io.baler.job.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket with versions as S3 has it, which the embedded server has not: a plain delete puts a marker on top, and only
 * a delete with a version's id takes anything away.
 */
final class VersionedBucket implements S3AsyncClient {
    private final List<Version> versions = new ArrayList<>();
    private int made;
    private @Nullable S3Exception refusal;

    record Version(String key, String id, boolean isMarker) {}

    void put(String key) {
        add(key, false);
    }

    void refuseLists(int status, String code) {
        refusal = (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .message(code)
                .build();
    }

    List<Version> versions() {
        return List.copyOf(versions);
    }

    boolean isThere(String key) {
        return versions.stream()
                .filter(version -> version.key.equals(key))
                .findFirst()
                .filter(latest -> !latest.isMarker)
                .isPresent();
    }

    /** The list's order is S3's: by key, the latest version first. */
    private void add(String key, boolean isMarker) {
        int position = 0;
        while (position < versions.size() && versions.get(position).key.compareTo(key) < 0) {
            position++;
        }
        versions.add(position, new Version(key, "v" + made++, isMarker));
    }

    @Override
    public CompletableFuture<DeleteObjectResponse> deleteObject(DeleteObjectRequest request) {
        if (request.versionId() == null) {
            add(request.key(), true);
        } else {
            versions.removeIf(version -> version.key.equals(request.key()) && version.id.equals(request.versionId()));
        }
        return CompletableFuture.completedFuture(DeleteObjectResponse.builder().build());
    }

    @Override
    public CompletableFuture<ListObjectVersionsResponse> listObjectVersions(ListObjectVersionsRequest request) {
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        var matching = versions.stream()
                .filter(version -> version.key.startsWith(request.prefix()))
                .toList();
        var from = request.versionIdMarker() == null ? 0 : behind(request.versionIdMarker(), matching);
        var page = matching.subList(from, Math.min(matching.size(), from + request.maxKeys()));
        var answer = ListObjectVersionsResponse.builder()
                .isTruncated(from + page.size() < matching.size())
                .versions(page.stream()
                        .filter(version -> !version.isMarker)
                        .map(it -> ObjectVersion.builder()
                                .key(it.key)
                                .versionId(it.id)
                                .build())
                        .toList())
                .deleteMarkers(page.stream()
                        .filter(Version::isMarker)
                        .map(it -> DeleteMarkerEntry.builder()
                                .key(it.key)
                                .versionId(it.id)
                                .build())
                        .toList());
        if (!page.isEmpty()) {
            var last = page.get(page.size() - 1);
            answer.nextKeyMarker(last.key).nextVersionIdMarker(last.id);
        }
        return CompletableFuture.completedFuture(answer.build());
    }

    private static int behind(String marker, List<Version> matching) {
        int position = 0;
        while (!matching.get(position).id.equals(marker)) {
            position++;
        }
        return position + 1;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
