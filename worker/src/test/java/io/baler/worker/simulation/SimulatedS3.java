package io.baler.worker.simulation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The S3 client as one simulated process has it: every call is a step. */
final class SimulatedS3 implements S3AsyncClient {
    private final StoredUploads bucket;
    private final Network network;
    private final Host host;

    SimulatedS3(StoredUploads bucket, Network network, Host host) {
        this.bucket = bucket;
        this.network = network;
        this.host = host;
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}

    private <T> CompletableFuture<T> call(String name, Supplier<T> call) {
        if (Thread.currentThread().isInterrupted()) {
            // the waiting thread gives up; what had been sent by then may still be carried out
            if (network.random().nextBoolean()) {
                network.later(call);
            }
            return new CompletableFuture<>();
        }
        try {
            return CompletableFuture.completedFuture(network.call(host, "s3 " + name, call, () -> failure()));
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private RuntimeException failure() {
        return switch (network.random().nextInt(3)) {
            case 0 -> StoredUploads.refusal("SlowDown", 503);
            // what the client makes of status 200 with an error in the body
            case 1 -> StoredUploads.refusal("InternalError", 200);
            default -> SdkClientException.create("connection reset");
        };
    }

    @Override
    public CompletableFuture<CreateMultipartUploadResponse> createMultipartUpload(
            CreateMultipartUploadRequest request) {
        return call(
                "create",
                () -> CreateMultipartUploadResponse.builder()
                        .uploadId(bucket.begin(request.key()))
                        .build());
    }

    @Override
    public CompletableFuture<UploadPartResponse> uploadPart(UploadPartRequest request, AsyncRequestBody body) {
        var bytes = bytesOf(body);
        return call(
                "part",
                () -> UploadPartResponse.builder()
                        .eTag(bucket.put(
                                request.key(),
                                request.uploadId(),
                                request.partNumber(),
                                bytes,
                                request.checksumCRC32()))
                        .build());
    }

    @Override
    public CompletableFuture<CompleteMultipartUploadResponse> completeMultipartUpload(
            CompleteMultipartUploadRequest request) {
        return call("complete", () -> {
            if (network.random().nextBoolean()) {
                bucket.forgetCompletions();
            }
            return CompleteMultipartUploadResponse.builder()
                    .eTag(bucket.complete(
                            request.key(),
                            request.uploadId(),
                            request.multipartUpload().parts()))
                    .build();
        });
    }

    @Override
    public CompletableFuture<PutObjectResponse> putObject(PutObjectRequest request, AsyncRequestBody body) {
        var bytes = bytesOf(body);
        return call(
                "put",
                () -> PutObjectResponse.builder()
                        .eTag(bucket.put(request.key(), bytes, request.checksumCRC32()))
                        .build());
    }

    @Override
    public CompletableFuture<HeadObjectResponse> headObject(HeadObjectRequest request) {
        return call("head", () -> {
            var object = bucket.object(request.key());
            if (object == null) {
                throw NoSuchKeyException.builder().statusCode(404).build();
            }
            return HeadObjectResponse.builder()
                    .contentLength((long) object.bytes().length)
                    .eTag(object.etag())
                    .build();
        });
    }

    @Override
    public CompletableFuture<ListMultipartUploadsResponse> listMultipartUploads(ListMultipartUploadsRequest request) {
        return call(
                "uploads",
                () -> ListMultipartUploadsResponse.builder()
                        .isTruncated(false)
                        .uploads(bucket.uploads().entrySet().stream()
                                .filter(upload -> upload.getValue().key().startsWith(request.prefix()))
                                .map(upload -> MultipartUpload.builder()
                                        .key(upload.getValue().key())
                                        .uploadId(upload.getKey())
                                        .initiated(upload.getValue().initiated())
                                        .build())
                                .toList())
                        .build());
    }

    @Override
    public CompletableFuture<AbortMultipartUploadResponse> abortMultipartUpload(AbortMultipartUploadRequest request) {
        return call("abort", () -> {
            bucket.abort(request.key(), request.uploadId());
            return AbortMultipartUploadResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<DeleteObjectResponse> deleteObject(DeleteObjectRequest request) {
        return call("delete", () -> {
            bucket.objects().remove(request.key());
            return DeleteObjectResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<ListObjectsV2Response> listObjectsV2(ListObjectsV2Request request) {
        return call(
                "objects",
                () -> ListObjectsV2Response.builder()
                        .isTruncated(false)
                        .contents(bucket.objects().entrySet().stream()
                                .filter(object -> object.getKey().startsWith(request.prefix()))
                                .map(object -> S3Object.builder()
                                        .key(object.getKey())
                                        .lastModified(object.getValue().modified())
                                        .build())
                                .toList())
                        .build());
    }

    @Override
    public CompletableFuture<ListObjectVersionsResponse> listObjectVersions(ListObjectVersionsRequest request) {
        return CompletableFuture.failedFuture(StoredUploads.refusal("NotImplemented", 501));
    }

    /** Its publisher hands everything over at once. */
    private static byte[] bytesOf(AsyncRequestBody body) {
        var bytes = new ByteArrayOutputStream();
        body.subscribe(new Subscriber<ByteBuffer>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer next) {
                var copy = new byte[next.remaining()];
                next.get(copy);
                bytes.writeBytes(copy);
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onComplete() {}
        });
        return bytes.toByteArray();
    }
}
