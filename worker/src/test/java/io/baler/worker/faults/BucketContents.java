package io.baler.worker.faults;

import io.baler.local.S3Server;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the server itself says is in the bucket, past every fault before it. */
final class BucketContents implements AutoCloseable {
    private final S3AsyncClient s3;
    private final String bucket;

    BucketContents(S3Server server, String bucket) {
        this.bucket = bucket;
        this.s3 = S3AsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
                .build();
    }

    /** Keys of all objects whose key contains the text. */
    List<String> objects(String text) {
        return s3.listObjectsV2(request -> request.bucket(bucket)).join().contents().stream()
                .map(S3Object::key)
                .filter(key -> key.contains(text))
                .toList();
    }

    /** Ids of all unfinished uploads whose key contains the text. */
    List<String> uploads(String text) {
        return s3.listMultipartUploads(request -> request.bucket(bucket)).join().uploads().stream()
                .filter(upload -> upload.key().contains(text))
                .map(MultipartUpload::uploadId)
                .toList();
    }

    @Override
    public void close() {
        s3.close();
    }
}
