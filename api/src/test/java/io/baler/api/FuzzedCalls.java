package io.baler.api;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Calls that nobody would send who means well; the same ones for the same seed. None may begin an export. */
final class FuzzedCalls {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS");
    private static final List<String> CALLS = List.of(
            "POST /api/v1/exports",
            "POST /api/v1/exports",
            "POST /api/v1/exports",
            "POST /api/v1/exports",
            "GET /api/v1/exports",
            "GET /api/v1/exports",
            "GET /api/v1/exports/{id}",
            "DELETE /api/v1/exports/{id}",
            "GET /api/v1/exports/{id}/archive",
            "HEAD /api/v1/exports/{id}/archive",
            "GET /api/v1/exports/{id}/events",
            "GET /api/v1/exports/{id}/manifest",
            "GET /api/v1/exports/{id}/manifest.sig",
            "POST /api/v1/exports/{id}/restart",
            "POST /api/v1/exports/{id}/cancel",
            "POST /api/v1/exports/{id}/resume",
            "GET /api/v1/keys",
            "GET /api/v1/notifications",
            "PUT /api/v1/notifications/seen",
            "PUT /api/v1/notifications/{id}/seen",
            "GET /v3/api-docs",
            "GET /{id}");
    private static final List<String> PARAMETERS = List.of(
            "status",
            "requestedBy",
            "createdFrom",
            "createdTo",
            "limit",
            "cursor",
            "upTo",
            "$where",
            "status[$ne]",
            "");
    private static final List<String> HEADERS = List.of(
            "Accept",
            "Content-Type",
            "If-None-Match",
            "If-Match",
            "If-Range",
            "If-Modified-Since",
            "Range",
            "Last-Event-ID",
            "Idempotency-Key",
            "Authorization",
            "Accept-Language",
            "X-Forwarded-For",
            "X-HTTP-Method-Override",
            "Origin",
            "Cookie",
            "Forwarded");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "NaN",
            "99999999999999999999999999",
            "-9223372036854775809",
            "$gt",
            "{\"$gt\":\"\"}",
            "{\"$where\":\"sleep(1000)\"}",
            "[$ne]",
            "{{7*7}}",
            "${jndi:ldap://127.0.0.1/x}",
            "#{T(java.lang.Runtime)}",
            "../../etc/passwd",
            "..%2f..%2f",
            "%00",
            "%",
            "%zz",
            "a;b=c",
            "<script>alert(1)</script>",
            "' or '1'='1",
            "\u0000",
            "\u0007\u001b[31m",
            "\r\nSet-Cookie: x=y",
            "\u202e\ufeff",
            "\ud800",
            "日志🙂",
            "2023-02-30",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01",
            "2023-01-01T00:00:00+99:00",
            "bytes=0-",
            "bytes=-1",
            "bytes=9-1",
            "W/\"x\"",
            "\"",
            "*",
            "application/json",
            "text/html;q=2",
            "application/json;charset=utf-99",
            "multipart/form-data",
            "0123456789abcdef01234567",
            "00000000-0000-0000-0000-000000000000",
            "x".repeat(2_000));
    /** Before a body that could be an export's without it. */
    private static final List<String> WRONG_MEMBERS =
            List.of("$where", "filter", "filters.users", "__proto__", "@type", "");

    private final Random random;
    private final List<String> ids;

    /** @param ids of real exports too, for which calls without harm are made only */
    FuzzedCalls(long seed, List<String> ids) {
        this.random = new Random(seed);
        this.ids = ids;
    }

    HttpRequest.Builder next(ApiServer api) {
        var usual = any(CALLS).split(" ");
        var method = random.nextInt(8) == 0 ? any(METHODS) : usual[0];
        var path = usual[1].replace("{id}", encoded(id(method)));
        var query = random.nextInt(3) == 0 ? query() : "";
        var call = api.anonymousCall(path + query).timeout(Duration.ofSeconds(20));
        if (random.nextInt(20) != 0) {
            call.header("Authorization", "Bearer " + ApiServer.TOKEN);
        }
        if (random.nextInt(4) != 0) {
            call.header("Content-Type", "application/json");
        }
        IntStream.range(0, random.nextInt(3)).forEach(n -> header(call));
        return call.method(method, random.nextInt(5) == 0 ? BodyPublishers.noBody() : BodyPublishers.ofString(body()));
    }

    /** One that there is where it is only looked at: what may be done with one's own export is no bad call. */
    private String id(String method) {
        var looks = method.equals("GET") || method.equals("HEAD");
        return looks && random.nextInt(3) == 0 ? any(ids) : any(TEXTS);
    }

    private String query() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(n -> encoded(any(PARAMETERS)) + "=" + encoded(any(TEXTS)))
                .collect(Collectors.joining("&", "?", ""));
    }

    private void header(HttpRequest.Builder call) {
        // what the client itself would refuse to send is of no interest here
        call.setHeader(any(HEADERS), any(TEXTS).replaceAll("[^\\x20-\\x7E]", "?"));
    }

    /** Never one that is right: each is broken, of the wrong type, or has a member that there is not. */
    private String body() {
        return switch (random.nextInt(6)) {
            case 0 -> value(0);
            case 1 -> "{\"filters\":" + value(0) + "}".repeat(random.nextInt(2));
            case 2 ->
                "{\"filters\":{\"" + any(List.of("users", "usernames", "actions", "dateFrom", "dateTo", "$or")) + "\":"
                        + value(0) + "},\"" + any(WRONG_MEMBERS) + "\":" + value(0) + "}";
            case 3 ->
                "{\"filters\":{},\"" + any(List.of("format", "asOf", "restartJob", "reuse")) + "\":{\"$gt\":" + value(1)
                        + "}}";
            case 4 -> "{\"filters\":".repeat(random.nextInt(2_000)) + "[".repeat(random.nextInt(2_000));
            default -> quoted(any(TEXTS)) + any(TEXTS);
        };
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 7)) {
            case 0 -> "null";
            case 1 -> any(List.of("-1", "1e400", "9".repeat(1_500), "0.1", "-0", "true", "1E-999999999"));
            case 2, 3 -> quoted(any(TEXTS));
            case 4 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
            case 5 ->
                "{" + quoted(any(List.of("$gt", "$where", "$ne", "$regex", "", "a.b"))) + ":" + value(depth + 1) + "}";
            default -> "{\"$where\":" + value(depth + 1) + ",\"$where\":" + value(depth + 1) + "}";
        };
    }

    private String quoted(String text) {
        var escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
        // control characters as they are, or as JSON has them
        return '"' + (random.nextBoolean() ? escaped : escaped.replaceAll("\\p{Cntrl}", "\\\\u0001")) + '"';
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
