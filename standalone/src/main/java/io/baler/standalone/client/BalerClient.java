package io.baler.standalone.client;

import io.baler.standalone.terminal.CommandFailed;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Speaks Baler's REST API. Its failures are lines for people: {@link Unreachable}, {@link ApiProblem}. */
public final class BalerClient {

    private static final String EXPORTS = "/exports";
    private static final int BAD_REQUEST = 400;

    private final String url;
    private final String token;
    private final JsonMapper json = JsonMapper.builder().build();
    private final Http http = new Http();

    public BalerClient(String url, String token) {
        this.url = url.replaceAll("/+$", "");
        this.token = token;
    }

    public Export request(ExportRequest request) {
        var body = BodyPublishers.ofString(json.writeValueAsString(request));
        return read(
                send(call(EXPORTS).header("Content-Type", "application/json").POST(body)), Export.class);
    }

    /** Newest first. */
    public List<Export> list() {
        return read(send(call(EXPORTS).GET()), Exports.class).exports();
    }

    public Export find(String id) {
        return read(send(call(path(id)).GET()), Export.class);
    }

    /** As {@link #find}, and when the server wants to be asked again. */
    Found poll(String id) {
        var response = send(call(path(id)).GET());
        var pause = response.headers()
                .firstValue("Retry-After")
                // the other form, a date, is none of Baler's
                .filter(seconds -> seconds.matches("[0-9]{1,4}"))
                .map(seconds -> Duration.ofSeconds(Integer.parseInt(seconds)))
                .orElse(null);
        return new Found(read(response, Export.class), pause);
    }

    record Found(Export export, @Nullable Duration pause) {}

    public void restart(String id) {
        send(call(path(id) + "/restart").POST(BodyPublishers.noBody()));
    }

    public void cancel(String id) {
        send(call(path(id) + "/cancel").POST(BodyPublishers.noBody()));
    }

    /**
     * The signed manifest of a finished export: of its archive, or the statement that nothing matched.
     *
     * @throws ApiProblem also if it has none, as one from before there were manifests
     */
    public SignedManifest manifest(String id) {
        return new SignedManifest(bytes(path(id) + "/manifest"), bytes(path(id) + "/manifest.sig"));
    }

    /** The public keys of all workers that ever signed, the oldest first. */
    public List<PublishedKey> keys() {
        return read(send(call("/keys").GET()), Keys.class).keys();
    }

    /** The archive's bytes from an offset on, as far as the server can continue there. */
    ArchiveBytes archive(String id, long offset) {
        return new ArchiveCall(http, json).open(call(path(id) + "/archive").GET(), offset, server());
    }

    private byte[] bytes(String path) {
        var response = http.send(call(path).GET(), BodyHandlers.ofByteArray(), server());
        if (response.statusCode() >= BAD_REQUEST) {
            throw ApiProblem.of(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), json);
        }
        return response.body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        var response = http.send(request, BodyHandlers.ofString(), server());
        if (response.statusCode() >= BAD_REQUEST) {
            throw ApiProblem.of(response.statusCode(), response.body(), json);
        }
        return response;
    }

    private HttpRequest.Builder call(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                    .header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException e) {
            // without the cause, whose text holds the token if that is what is wrong
            throw new CommandFailed("\"" + url + "\" is no address of a server, or the token is none");
        }
    }

    private <T> T read(HttpResponse<String> response, Class<T> type) {
        try {
            return json.readValue(response.body(), type);
        } catch (JacksonException e) {
            throw new CommandFailed(url + " does not answer as Baler does: is it the right address?", e);
        }
    }

    private String server() {
        return url + ": is the server running?";
    }

    private static String path(String id) {
        return EXPORTS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private record Exports(List<Export> exports) {}

    private record Keys(List<PublishedKey> keys) {}
}
