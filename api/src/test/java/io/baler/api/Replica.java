package io.baler.api;

import io.baler.api.export.ArchiveStreams;
import io.baler.api.stream.EventStreams;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Another api beside the tests' common one, on the same servers, with settings of its own. */
final class Replica implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private Replica(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param more settings as arguments */
    static Replica of(ApiServer api, String... more) {
        return with(api, new Class<?>[0], more);
    }

    static Replica with(ApiServer api, Class<?>[] parts, String... more) {
        var sources = Stream.concat(Stream.of(ApiApplication.class), Arrays.stream(parts));
        var arguments = Stream.concat(Stream.of("--server.port=0"), Arrays.stream(more));
        return new Replica(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .properties(api.settings())
                .run(arguments.toArray(String[]::new)));
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    }

    HttpRequest.Builder call(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Authorization", "Bearer " + ApiServer.TOKEN);
    }

    EventStreams streams() {
        return context.getBean(EventStreams.class);
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
