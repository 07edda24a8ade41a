package io.baler.api;

import io.baler.api.export.ArchiveStreams;
import io.baler.api.stream.EventStreams;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Another api beside the tests' common one, on the same servers, with settings of its own. */
final class Replica implements AutoCloseable {
    private final ApiServer api;
    private final ConfigurableApplicationContext context;

    private Replica(ApiServer api, ConfigurableApplicationContext context) {
        this.api = api;
        this.context = context;
    }

    /** @param more settings as arguments */
    static Replica of(ApiServer api, String... more) {
        return with(api, new Class<?>[0], more);
    }

    static Replica with(ApiServer api, Class<?>[] parts, String... more) {
        var sources = Stream.concat(Stream.of(ApiApplication.class), Arrays.stream(parts));
        var arguments = Stream.concat(Stream.of("--server.port=0"), Arrays.stream(more));
        return new Replica(
                api,
                new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                        .properties(api.settings())
                        .run(arguments.toArray(String[]::new)));
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    EventStreams streams() {
        return bean(EventStreams.class);
    }

    Answer get(String path) {
        return api.send(call(path).GET());
    }

    Answer post(String path, String json) {
        return api.send(call(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpRequest.Builder call(String path) {
        return call(path, ApiServer.TOKEN);
    }

    HttpRequest.Builder call(String path, String token) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    /** Archives that are on their way through it. */
    int downloads() {
        return context.getBean(ArchiveStreams.class).size();
    }

    @Override
    public void close() {
        context.close();
    }
}
