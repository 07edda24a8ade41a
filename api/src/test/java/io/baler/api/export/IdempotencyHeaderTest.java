package io.baler.api.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baler.job.request.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class IdempotencyHeaderTest {

    @Test
    void aRequestNeedsNoKey() {
        assertThat(IdempotencyKey.in(new HttpHeaders())).isEmpty();
    }

    @Test
    void quotationMarksAreOfTheKey() {
        assertThat(IdempotencyKey.in(given("\"8e03978e\""))).contains(new IdempotencyKey("\"8e03978e\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"schl\u00fcssel", "a\u007f", "\u20ac"})
    void aKeyConsistsOfPrintableAsciiCharacters(String none) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> IdempotencyKey.in(given(none)))
                .withMessageContaining("Idempotency-Key");
    }

    private static HttpHeaders given(String key) {
        var headers = new HttpHeaders();
        headers.add("idempotency-key", key);
        return headers;
    }
}
