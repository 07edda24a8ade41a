package io.baler.worker.chaos;

import io.baler.job.Garbage;
import io.baler.job.storage.ExportBucket;
import io.baler.worker.Installation;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the bucket holds of a job, whatever the job knows of it. */
final class StoredBytes implements AutoCloseable {
    private final S3AsyncClient s3;
    private final ExportBucket bucket;

    StoredBytes(Installation baler) {
        var server = baler.stack().s3();
        this.bucket = baler.bucket();
        this.s3 = S3AsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
                .build();
    }

    /** Keys of its objects. */
    List<String> objectsOf(String jobId) {
        return s3.listObjectsV2(request -> request.bucket(bucket.name())).join().contents().stream()
                .map(S3Object::key)
                .filter(key -> belongs(key, jobId))
                .toList();
    }

    /** Its uploads that were neither completed nor aborted. */
    List<Garbage> uploadsOf(String jobId) {
        return s3.listMultipartUploads(request -> request.bucket(bucket.name())).join().uploads().stream()
                .filter(upload -> belongs(upload.key(), jobId))
                .map(upload -> new Garbage(upload.key(), upload.uploadId()))
                .toList();
    }

    private static boolean belongs(String key, String jobId) {
        return key.contains("/" + jobId + "/");
    }

    /** Makes room. */
    void forget(String jobId) {
        uploadsOf(jobId).forEach(upload -> bucket.abort(upload.key(), upload.uploadId()));
        objectsOf(jobId).forEach(bucket::delete);
    }

    @Override
    public void close() {
        s3.close();
    }
}
