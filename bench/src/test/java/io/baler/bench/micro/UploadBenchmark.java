package io.baler.bench.micro;

import com.sun.management.OperatingSystemMXBean;
import io.baler.bench.sink.SinkServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** A part of 8 MiB, uploaded by each of the SDK's clients to a sink in a process of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class UploadBenchmark {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench"));

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ByteBuffer part = ByteBuffer.allocate(8 << 20);

    /** Two asynchronous ones that speak HTTP in Java and in C, the one that is all C, and two that block. */
    @Param({"netty", "crt-http", "crt", "apache5", "url-connection"})
    @Nullable
    public String client;

    private @Nullable Process sink;
    private @Nullable Consumer<UploadPartRequest> upload;
    private @Nullable UploadPartRequest request;
    private long uploads;
    private long cpuBefore;

    @Setup
    public void open() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        sink = new ProcessBuilder(
                        java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), SinkServer.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        var port = sink.inputReader().readLine();
        var endpoint = URI.create("http://127.0.0.1:" + port);
        upload = switch (Objects.requireNonNull(client)) {
            case "netty" -> async(endpoint, NettyNioAsyncHttpClient.create());
            case "crt-http" -> async(endpoint, AwsCrtAsyncHttpClient.create());
            case "crt" -> crt(endpoint);
            case "apache5" -> blocking(endpoint, Apache5HttpClient.builder());
            case "url-connection" -> blocking(endpoint, UrlConnectionHttpClient.builder());
            default -> throw new IllegalArgumentException("there is no client " + client);
        };
        var id = S3Client.builder()
                .credentialsProvider(CREDENTIALS)
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()
                .createMultipartUpload(
                        begin -> begin.bucket("bench").key("k").checksumAlgorithm(ChecksumAlgorithm.CRC32))
                .uploadId();
        request = UploadPartRequest.builder()
                .bucket("bench")
                .key("k")
                .uploadId(id)
                .partNumber(1)
                .contentLength((long) part.capacity())
                .checksumCRC32(checksum(part))
                .build();
    }

    private static String checksum(ByteBuffer bytes) {
        var crc = new CRC32();
        crc.update(bytes.duplicate());
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array());
    }

    private Consumer<UploadPartRequest> async(URI endpoint, SdkAsyncHttpClient http) {
        return by(S3AsyncClient.builder()
                .credentialsProvider(CREDENTIALS)
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .httpClient(http)
                .build());
    }

    private Consumer<UploadPartRequest> crt(URI endpoint) {
        return by(S3AsyncClient.crtBuilder()
                .credentialsProvider(CREDENTIALS)
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .build());
    }

    private Consumer<UploadPartRequest> by(S3AsyncClient s3) {
        return one -> s3.uploadPart(one, AsyncRequestBody.fromByteBufferUnsafe(part.duplicate()))
                .join();
    }

    private Consumer<UploadPartRequest> blocking(
            URI endpoint, software.amazon.awssdk.http.SdkHttpClient.Builder<?> http) {
        var s3 = S3Client.builder()
                .credentialsProvider(CREDENTIALS)
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                // the sink takes bodies as they are; the asynchronous clients send them so
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .httpClientBuilder(http)
                .build();
        return one -> s3.uploadPart(one, RequestBody.fromRemainingByteBuffer(part.duplicate()));
    }

    @Setup(Level.Iteration)
    public void beginCounting() {
        uploads = 0;
        cpuBefore = process.getProcessCpuTime();
    }

    @Benchmark
    public void upload() {
        Objects.requireNonNull(upload).accept(Objects.requireNonNull(request));
        uploads++;
    }

    @TearDown(Level.Iteration)
    public void tellProcessorTime() {
        double millis = (process.getProcessCpuTime() - cpuBefore) / 1e6;
        System.out.printf(Locale.ROOT, "%.2f ms of processor time for each; ", millis / uploads);
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(sink).destroyForcibly();
    }
}
