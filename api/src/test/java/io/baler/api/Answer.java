package io.baler.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the api said. */
record Answer(HttpResponse<String> response) {

    int status() {
        return response.statusCode();
    }

    String text() {
        return response.body();
    }

    JsonNode body() {
        return JsonMapper.shared().readTree(response.body());
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    List<String> fields() {
        return body().path("errors")
                .valueStream()
                .map(error -> error.path("field").stringValue())
                .toList();
    }

    Answer is(int status) {
        assertThat(status()).as(text()).isEqualTo(status);
        return this;
    }

    /** What every refusal has, whoever found the error. */
    Answer isProblem(int status, String code) {
        is(status);
        assertThat(header("content-type")).isEqualTo("application/problem+json");
        assertThat(body().propertyNames()).contains("type", "title", "status", "detail", "code");
        assertThat(body().path("status").intValue()).isEqualTo(status);
        assertThat(body().path("code").stringValue()).isEqualTo(code);
        assertThat(body().path("detail").stringValue()).isNotBlank();
        assertThat(text()).doesNotContain("Exception", "jackson", "org.springframework", "\tat ");
        return this;
    }
}
