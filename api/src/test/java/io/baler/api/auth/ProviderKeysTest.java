package io.baler.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderKeysTest {
    private final Time time = new Time();
    private final FakeProvider provider = new FakeProvider();
    private final ProviderKeys keys = new ProviderKeys(provider, time);

    @Test
    void nothingIsFetchedBeforeThereIsAToken() {
        assertThat(provider.fetches).isZero();
    }

    @Test
    void keysAreFetchedOnceAndAgainWhenTheyAreOld() throws KeySourceException {
        assertThat(find("a")).isTrue();
        time.pass(ProviderKeys.FRESH);
        assertThat(find("a")).isTrue();
        assertThat(provider.fetches).isEqualTo(1);

        time.pass(Duration.ofSeconds(1));

        assertThat(find("a")).isTrue();
        assertThat(provider.fetches).isEqualTo(2);
    }

    @Test
    void aKeyThatWasWithdrawnDoesNotHoldForLonger() throws KeySourceException {
        assertThat(find("a")).isTrue();

        provider.has("b");
        time.pass(ProviderKeys.FRESH.plusSeconds(1));

        assertThat(find("a")).isFalse();
    }

    @Test
    void aKeyThatIsNotKnownIsLookedForAtOnceButNotWithEachToken() throws KeySourceException {
        assertThat(find("a")).isTrue();
        time.pass(ProviderKeys.PAUSE);
        provider.has("a", "b");

        assertThat(find("b")).isTrue();
        assertThat(provider.fetches).isEqualTo(2);
        for (var n = 0; n < 100; n++) {
            assertThat(find("made up " + n)).isFalse();
        }
        assertThat(provider.fetches).isEqualTo(2);
        time.pass(ProviderKeys.PAUSE);
        assertThat(find("made up")).isFalse();
        assertThat(provider.fetches).isEqualTo(3);
    }

    @Test
    void whileTheProviderIsAwayKnownKeysHoldButNotForEver() throws KeySourceException {
        assertThat(find("a")).isTrue();
        provider.goesAway();

        time.pass(ProviderKeys.KEPT);
        assertThat(find("a")).isTrue();
        assertThat(find("b")).isFalse();

        time.pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> find("a")).isInstanceOf(KeySourceException.class);
    }

    @Test
    void aProviderThatIsAwayAtFirstIsAskedAgainSoon() throws KeySourceException {
        provider.goesAway();
        assertThatThrownBy(() -> find("a")).isInstanceOf(KeySourceException.class);
        assertThatThrownBy(() -> find("a")).isInstanceOf(KeySourceException.class);
        assertThat(provider.fetches).isEqualTo(1);

        provider.has("a");
        time.pass(ProviderKeys.PAUSE);

        assertThat(find("a")).isTrue();
    }

    private boolean find(String id) throws KeySourceException {
        var wanted = new JWKSelector(new JWKMatcher.Builder().keyID(id).build());
        return !keys.get(wanted, null).isEmpty();
    }

    private static final class FakeProvider implements ProviderKeys.Source {
        private List<String> ids = List.of("a");
        private boolean away;
        private int fetches;

        void has(String... keys) {
            ids = Arrays.asList(keys);
            away = false;
        }

        void goesAway() {
            away = true;
        }

        @Override
        public JWKSet fetch() throws IOException {
            fetches++;
            if (away) {
                throw new IOException("away");
            }
            return new JWKSet(ids.stream()
                    .<JWK>map(id ->
                            new OctetSequenceKey.Builder(new byte[32]).keyID(id).build())
                    .toList());
        }
    }

    private static final class Time extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
