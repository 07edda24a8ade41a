package io.baler.bench.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Answers one client's requests, one after the other, until it goes away. */
final class SinkConnection implements Runnable {
    private final Socket socket;
    private final Uploads uploads;
    private final long bytesPerSecond;

    SinkConnection(Socket socket, Uploads uploads, long bytesPerSecond) {
        this.socket = socket;
        this.uploads = uploads;
        this.bytesPerSecond = bytesPerSecond;
    }

    private record Answer(int status, String headers, String body) {
        static Answer ok(String body) {
            return new Answer(200, "", body);
        }

        static Answer error(int status, String code) {
            return new Answer(status, "", "<Error><Code>" + code + "</Code></Error>");
        }
    }

    @Override
    public void run() {
        try (socket) {
            var in = new HttpInput(socket.getInputStream());
            while (true) {
                var request = HttpRequest.read(in);
                write(request, answer(request, in));
            }
        } catch (EOFException gone) {
            // it has sent all that it wanted
        } catch (IOException | RuntimeException broken) {
            System.err.println("sink: a client is lost (" + broken + ")");
        }
    }

    private Answer answer(HttpRequest request, HttpInput in) throws IOException {
        var checksum = new CRC32();
        long begun = System.nanoTime();
        long size = takeBody(request, in, checksum);
        pause(size, begun);
        var uploadId = request.parameter("uploadId");
        return switch (request.method()) {
            case "PUT" -> put(request, size, checksum, uploadId);
            case "POST" -> uploadId == null ? begin() : complete(request, uploadId);
            case "HEAD" -> head(request);
            case "DELETE" -> delete(request, uploadId);
            default -> Answer.error(405, "MethodNotAllowed");
        };
    }

    private void pause(long size, long begun) {
        double seconds = (double) size / bytesPerSecond;
        LockSupport.parkNanos((long) (seconds * 1e9) - (System.nanoTime() - begun));
    }

    private long takeBody(HttpRequest request, HttpInput in, CRC32 checksum) throws IOException {
        if (request.says("expect", "100-continue")) {
            socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(UTF_8));
        }
        if (!request.says("transfer-encoding", "chunked")) {
            in.drop(request.length(), checksum);
            return request.length();
        }
        long size = 0;
        while (true) {
            int chunk = Integer.parseInt(in.line(), 16);
            in.drop(chunk, checksum);
            in.line();
            size += chunk;
            if (chunk == 0) {
                return size;
            }
        }
    }

    private Answer put(HttpRequest request, long size, CRC32 checksum, @Nullable String uploadId) {
        var told = request.header("x-amz-checksum-crc32");
        if (told != null && !told.equals(base64(checksum))) {
            return Answer.error(400, "BadDigest");
        }
        var part = request.parameter("partNumber");
        if (part == null || uploadId == null) {
            uploads.put(request.path(), size);
        } else if (!uploads.add(uploadId, Integer.parseInt(part), size)) {
            return Answer.error(404, "NoSuchUpload");
        }
        return new Answer(200, "ETag: \"" + Long.toHexString(checksum.getValue()) + "-" + size + "\"\r\n", "");
    }

    private static String base64(CRC32 checksum) {
        var four = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue());
        return Base64.getEncoder().encodeToString(four.array());
    }

    private Answer begin() {
        return Answer.ok("<InitiateMultipartUploadResult><UploadId>" + uploads.begin()
                + "</UploadId></InitiateMultipartUploadResult>");
    }

    private Answer complete(HttpRequest request, String uploadId) {
        return uploads.complete(uploadId, request.path())
                ? Answer.ok("<CompleteMultipartUploadResult><ETag>\"" + uploadId
                        + "\"</ETag></CompleteMultipartUploadResult>")
                : Answer.error(404, "NoSuchUpload");
    }

    private Answer head(HttpRequest request) {
        var size = uploads.find(request.path());
        if (size == null) {
            // a bucket has no key, and every bucket is there
            return request.path().indexOf('/', 1) < 0 ? Answer.ok("") : new Answer(404, "", "");
        }
        return new Answer(200, "ETag: \"" + size + "\"\r\nContent-Length: " + size + "\r\n", "");
    }

    private Answer delete(HttpRequest request, @Nullable String uploadId) {
        if (uploadId == null) {
            uploads.delete(request.path());
        } else {
            uploads.abort(uploadId);
        }
        return new Answer(204, "", "");
    }

    private void write(HttpRequest request, Answer answer) throws IOException {
        var body = answer.body().getBytes(UTF_8);
        var length = request.method().equals("HEAD") ? "" : "Content-Length: " + body.length + "\r\n";
        var head = "HTTP/1.1 " + answer.status() + " -\r\nContent-Type: application/xml\r\n" + answer.headers() + length
                + "\r\n";
        socket.getOutputStream().write((head + answer.body()).getBytes(UTF_8));
    }
}
