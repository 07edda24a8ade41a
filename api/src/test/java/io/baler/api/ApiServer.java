package io.baler.api;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import io.baler.job.ArchiveFormat;
import io.baler.job.JobStore;
import io.baler.job.start.ServiceDefaults;
import io.baler.local.Cable;
import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The real api on embedded servers; one for all tests of the module. */
final class ApiServer implements AutoCloseable {
    static final String TOKEN = "a-token-of-the-tests-0123456789abcdef";
    static final String USER = "ann";
    static final String EXPORTS = "/api/v1/exports";

    private final LocalStack stack;
    private final Cable mongodb;
    private final Cable s3;
    private final Map<String, Object> settings;
    private final ConfigurableApplicationContext context;
    private final Messages messages;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger day = new AtomicInteger();

    private ApiServer(LocalStack stack) {
        stack.s3().createBucket("archives");
        this.stack = stack;
        this.mongodb = Cable.to(stack.mongodb().port());
        this.s3 = Cable.to(stack.s3().endpoint().getPort());
        this.settings = settings(stack, mongodb, s3);
        this.context = new SpringApplicationBuilder(ApiApplication.class)
                .properties(settings)
                .run();
        this.messages = new Messages(stack.kafka().bootstrapServers());
        var users = bean(MongoClient.class).getDatabase("baler").getCollection("users");
        users.insertOne(new Document("username", "known"));
    }

    static ApiServer start() {
        var stack = LocalStack.start(LocalStackSettings.temporary());
        try {
            return new ApiServer(stack);
        } catch (RuntimeException failed) {
            stack.close();
            throw failed;
        }
    }

    private static Map<String, Object> settings(LocalStack stack, Cable mongodb, Cable s3) {
        var settings = new HashMap<>(ServiceDefaults.properties());
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        settings.put(
                "spring.mongodb.uri", "mongodb://127.0.0.1:" + mongodb.port() + "/baler?serverSelectionTimeoutMS=500");
        settings.put("spring.kafka.bootstrap-servers", stack.kafka().bootstrapServers());
        settings.put("baler.s3.endpoint", "http://127.0.0.1:" + s3.port());
        settings.put("baler.s3.access-key", stack.s3().accessKey());
        settings.put("baler.s3.secret-key", stack.s3().secretKey());
        settings.put("baler.s3.region", "us-east-1");
        settings.put("baler.s3.bucket", "archives");
        settings.put("baler.s3.path-style", "true");
        settings.put("baler.source.actions", "LOGIN,LOGOUT");
        settings.put("spring.profiles.active", "embedded");
        settings.put("baler.api.token", TOKEN);
        settings.put("baler.limits.requests-per-minute", "1000000");
        // most tests are about somebody who sees his or her own
        settings.put("baler.api.admin", "false");
        // one user has all the exports of all tests
        settings.put("baler.limits.live-per-requester", "10000");
        settings.put("baler.api.user", USER);
        LocalStack.QUIET_LOGGERS.forEach((logger, level) -> settings.put("logging.level." + logger, level));
        return settings;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JobStore jobs() {
        return bean(JobStore.class);
    }

    Messages messages() {
        return messages;
    }

    Cable mongodb() {
        return mongodb;
    }

    /** MongoDB can be reached again, and all connections to it are new: those that broke are not for later tests to find. */
    void mendMongodb() {
        mongodb.mend();
        await().atMost(Duration.ofSeconds(30)).until(() -> get(EXPORTS).status() == 200);
        // the logs have connections of their own
        await().atMost(Duration.ofSeconds(30))
                .until(() -> post(EXPORTS + "/preview", "{\"filters\":{}}").status() == 200);
    }

    Cable s3() {
        return s3;
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    }

    int managementPort() {
        return Integer.parseInt(context.getEnvironment().getProperty("local.management.port", "0"));
    }

    /** What it was started with. */
    Map<String, Object> settings() {
        return Map.copyOf(settings);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** Every job document as it is stored. */
    List<Document> storedJobs() {
        return bean(MongoClient.class)
                .getDatabase("baler")
                .getCollection("exportJobs")
                .find()
                .into(new ArrayList<>());
    }

    // ---- calls

    Answer get(String path) {
        return send(call(path).GET());
    }

    Answer post(String path) {
        return send(call(path).POST(BodyPublishers.noBody()));
    }

    Answer post(String path, String json) {
        return send(call(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer delete(String path) {
        return send(call(path).DELETE());
    }

    HttpRequest.Builder call(String path) {
        return anonymousCall(path).header("Authorization", "Bearer " + TOKEN);
    }

    HttpRequest.Builder anonymousCall(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    Answer send(HttpRequest.Builder request) {
        return new Answer(send(request, BodyHandlers.ofString()));
    }

    /** The bytes of an answer, as they are. */
    HttpResponse<byte[]> bytes(String path) {
        return send(call(path).GET(), BodyHandlers.ofByteArray());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A body that equals no other test's. */
    String newRequest() {
        return newRequest(ArchiveFormat.JSON);
    }

    String newRequest(ArchiveFormat format) {
        return "{\"filters\":{\"actions\":[\"LOGIN\"],\"dateFrom\":\"%s\"},\"format\":\"%s\"}"
                .formatted(LocalDate.of(2001, 1, 1).plusDays(day.incrementAndGet()), format);
    }

    /** The id of a new export that waits for a worker. */
    String requested() {
        return requested(ArchiveFormat.JSON);
    }

    String requested(ArchiveFormat format) {
        return post(EXPORTS, newRequest(format)).is(202).body().path("id").stringValue();
    }

    /** Returns when every message of earlier calls has been said and read: they go out one after the other. */
    void awaitSilence() {
        messages.until(Messages.Message.about("baler.export.requested", requested()));
    }

    @Override
    public void close() throws IOException {
        messages.close();
        context.close();
        mongodb.close();
        s3.close();
        stack.close();
    }
}
