package io.baler.local;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/**
 * An S3 server on 127.0.0.1 that answers only requests signed with its own random credentials, presigned URLs included.
 *
 * <p>Credentials, objects and unfinished multipart uploads are found again by the next server in the same directory,
 * also after a kill. Buckets are addressed by path; any region will do. Unlike S3 it takes parts for an upload that was
 * aborted, and returns no checksums.
 */
public final class S3Server implements AutoCloseable {

    private static final String NAME = "S3";
    private static final String PROBE = "probe";

    /** Bytes of a request whose body is signed as a whole, and is therefore held in memory; larger ones are refused. */
    private static final long LARGEST_WHOLE_BODY = 128L << 20;

    private final S3Proxy server;
    private final BlobStore objects;
    private final S3Credentials credentials;
    private final URI endpoint;

    private S3Server(S3Proxy server, BlobStore objects, S3Credentials credentials) {
        this.server = server;
        this.objects = objects;
        this.credentials = credentials;
        this.endpoint = URI.create("http://127.0.0.1:" + server.getPort());
    }

    /**
     * @param directory the server's own, made if it is missing
     * @param port 0 takes a free one
     * @throws LocalStackFailed if the port is in use or the directory cannot hold objects
     */
    public static S3Server start(Path directory, int port) {
        // absolute: with a relative one S3Proxy loses the parts of an upload
        Path data = DataDirectory.create(directory);
        try {
            return start(DataDirectory.create(data.resolve("objects")), S3Credentials.of(data), port);
        } catch (Exception e) {
            throw LocalStackFailed.server(NAME, port, e);
        }
    }

    private static S3Server start(Path directory, S3Credentials credentials, int port) throws Exception {
        requireExtendedAttributes(directory);
        HalfWrittenObjects.deleteIn(directory);
        var objects = new FilesystemNio2BlobStore(directory.toString());
        var server = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
                .v4MaxNonChunkedRequestSize(LARGEST_WHOLE_BODY)
                // what is cut off was not acknowledged, so its client sends it again; do not wait half a minute for it
                .stopTimeout(0)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            throw e;
        }
        return new S3Server(server, objects, credentials);
    }

    /** Without them S3Proxy keeps no ETags: it would tell none, and accept a part with a wrong one. */
    private static void requireExtendedAttributes(Path directory) throws IOException {
        var attributes = Files.getFileAttributeView(directory, UserDefinedFileAttributeView.class);
        try {
            attributes.write(PROBE, ByteBuffer.wrap(new byte[1]));
            attributes.delete(PROBE);
        } catch (IOException | UnsupportedOperationException e) {
            throw LocalStackFailed.directory(
                    directory,
                    "is on a file system without extended attributes, which S3 needs; choose another directory (for a"
                            + " temporary one, by -Djava.io.tmpdir=...)",
                    e);
        }
    }

    /** Makes the bucket unless it is there. */
    public void createBucket(String name) {
        try {
            objects.createContainer(CreateBucketRequest.builder().bucket(name).build());
        } catch (BucketAlreadyOwnedByYouException e) {
            // as asked
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    public int port() {
        return endpoint.getPort();
    }

    public String accessKey() {
        return credentials.accessKey();
    }

    /** Forty random characters. */
    public String secretKey() {
        return credentials.secretKey();
    }

    /** Closing twice does nothing. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3 at " + endpoint + " was not stopped in order", e);
        }
    }

    @Override
    public String toString() {
        return NAME + " at " + endpoint;
    }
}
