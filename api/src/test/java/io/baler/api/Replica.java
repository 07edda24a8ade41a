package io.baler.api;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A further api of the same installation. */
final class Replica implements AutoCloseable {
    private final ApiServer api;
    private final ConfigurableApplicationContext context;

    private Replica(ApiServer api, ConfigurableApplicationContext context) {
        this.api = api;
        this.context = context;
    }

    /** @param settings as arguments, beside those of the first one */
    static Replica of(ApiServer api, String... settings) {
        var arguments = new String[settings.length + 1];
        System.arraycopy(settings, 0, arguments, 0, settings.length);
        arguments[settings.length] = "--server.port=0";
        return new Replica(
                api,
                new SpringApplicationBuilder(ApiApplication.class)
                        .properties(api.settings())
                        .run(arguments));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Answer get(String path) {
        return api.send(call(path).GET());
    }

    Answer post(String path, String json) {
        return api.send(call(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder call(String path) {
        var port = context.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + ApiServer.TOKEN);
    }

    @Override
    public void close() {
        context.close();
    }
}
