package io.baler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.evidence.PublishedKeys;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnApiServer.class)
class KeysTest {
    private final ApiServer api;

    KeysTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void everyKeyThatHasEverSignedIsToldTheOldestFirst() {
        var older = new FakeSigner().key();
        var newer = new FakeSigner().key();
        var published = api.bean(PublishedKeys.class);
        published.publish(older);
        published.publish(newer);
        published.publish(older);

        var answer = api.get("/api/v1/keys").is(200);

        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body().path("keys").valueStream())
                .extracting(key -> key.path("id").stringValue())
                .containsSubsequence(older.id(), newer.id())
                .doesNotHaveDuplicates();
        assertThat(answer.body().path("keys").valueStream())
                .filteredOn(key -> key.path("id").stringValue().equals(newer.id()))
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.propertyNames()).containsExactly("id", "algorithm", "publicKey", "since");
                    assertThat(key.path("algorithm").stringValue()).isEqualTo("Ed25519");
                    assertThat(key.path("publicKey").stringValue()).isEqualTo(newer.pem());
                    assertThat(Instant.parse(key.path("since").stringValue()))
                            .isBetween(
                                    Instant.now().minusSeconds(60),
                                    Instant.now().plusSeconds(60));
                });
    }
}
