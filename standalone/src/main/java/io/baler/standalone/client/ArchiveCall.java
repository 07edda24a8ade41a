package io.baler.standalone.client;

import io.baler.standalone.terminal.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens an archive, wherever the server sends for it. The token goes to the server only, and the presigned address
 * of the storage, which is a right in itself, into no message and no log.
 */
final class ArchiveCall {

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int REDIRECT = 300;
    private static final int BAD_REQUEST = 400;
    private static final int HOPS = 5;
    private static final int LONGEST_PROBLEM = 64 * 1024;

    private final Http http;
    private final JsonMapper json;

    ArchiveCall(Http http, JsonMapper json) {
        this.http = http;
        this.json = json;
    }

    ArchiveBytes open(HttpRequest.Builder call, long offset, String server) {
        var response = http.send(from(offset, call), BodyHandlers.ofInputStream(), server);
        if (response.statusCode() >= BAD_REQUEST) {
            throw ApiProblem.of(response.statusCode(), text(response.body()), json);
        }
        for (var hop = 0; isRedirect(response) && hop < HOPS; hop++) {
            var next = HttpRequest.newBuilder(target(response)).GET();
            response = http.send(from(offset, next), BodyHandlers.ofInputStream(), "the archive's storage");
        }
        return switch (response.statusCode()) {
            case OK -> new ArchiveBytes(response.body(), false);
            case PARTIAL -> new ArchiveBytes(response.body(), true);
            default -> throw new StorageRefused(response.statusCode());
        };
    }

    private static HttpRequest.Builder from(long offset, HttpRequest.Builder request) {
        return offset == 0 ? request : request.header("Range", "bytes=" + offset + "-");
    }

    private static boolean isRedirect(HttpResponse<?> response) {
        return response.statusCode() >= REDIRECT && response.statusCode() < BAD_REQUEST;
    }

    private static URI target(HttpResponse<?> response) {
        try {
            var target = response.uri()
                    .resolve(response.headers().firstValue("Location").orElse(""));
            HttpRequest.newBuilder(target);
            return target;
        } catch (IllegalArgumentException e) {
            // without the cause, whose text holds the address
            throw new CommandFailed("the server sends for the archive to an address that is none");
        }
    }

    private static String text(InputStream body) {
        try (body) {
            return new String(body.readNBytes(LONGEST_PROBLEM), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
