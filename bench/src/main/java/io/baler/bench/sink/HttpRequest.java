package io.baler.bench.sink;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's head.
 *
 * @param path bucket and key, as sent
 * @param query parameters; one without a value has an empty one
 * @param headers names in lower case
 */
record HttpRequest(String method, String path, Map<String, String> query, Map<String, String> headers) {

    static HttpRequest read(HttpInput in) throws IOException {
        var first = in.line().split(" ", 3);
        if (first.length != 3) {
            throw new IOException("a request that is none");
        }
        var headers = new HashMap<String, String>();
        for (var line = in.line(); !line.isEmpty(); line = in.line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int question = first[1].indexOf('?');
        var path = question < 0 ? first[1] : first[1].substring(0, question);
        return new HttpRequest(
                first[0], path, parameters(question < 0 ? "" : first[1].substring(question + 1)), headers);
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        for (var parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            parameters.put(
                    equals < 0 ? parameter : parameter.substring(0, equals),
                    equals < 0 ? "" : parameter.substring(equals + 1));
        }
        return parameters;
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    boolean says(String header, String value) {
        return value.equalsIgnoreCase(headers.get(header));
    }

    long length() {
        return Long.parseLong(headers.getOrDefault("content-length", "0"));
    }

    @Nullable
    String parameter(String name) {
        return query.get(name);
    }
}
