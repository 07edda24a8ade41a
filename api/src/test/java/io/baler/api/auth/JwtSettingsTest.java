package io.baler.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

class JwtSettingsTest {

    @Test
    void defaultsArePinned() {
        var settings = bind(Map.of());

        assertThat(settings.areGiven()).isFalse();
        assertThat(settings.issuer()).isEmpty();
        assertThat(settings.jwkSetUri()).isEmpty();
        assertThat(settings.audience()).isEmpty();
        assertThat(settings.algorithms()).containsExactly("RS256", "ES256");
        assertThat(settings.nameClaim()).isEqualTo("sub");
        assertThat(settings.rolesClaim()).isEqualTo("roles");
        assertThat(settings.clockSkew()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"issuer, https://idp.example/realms/a", "jwk-set-uri, http://127.0.0.1:8081/keys"})
    void eitherAddressTogetherWithTheAudienceIsEnough(String name, String url) {
        assertThat(bind(Map.of(name, url, "audience", "baler")).areGiven()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, idp.example",
        "issuer, file:///etc/keys",
        "issuer, https://",
        "jwk-set-uri, 'https://a b'",
        "jwk-set-uri, file:///etc/keys",
        "audience, ' '",
        "algorithms, none",
        "algorithms, HS256",
        "algorithms, 'RS256,HS512'",
        "algorithms, rs256",
        "algorithms, ''",
        "name-claim, ' '",
        "roles-claim, ' '",
        "clock-skew, -1s",
        "clock-skew, 301s"
    })
    void whatCannotBeIsRefusedByItsKey(String name, String value) {
        var properties = new HashMap<>(Map.of("issuer", "https://idp.example", "audience", "baler"));
        properties.put(name, value);

        assertThatThrownBy(() -> bind(properties)).rootCause().hasMessageStartingWith("baler.api.jwt." + name + ": ");
    }

    @ParameterizedTest
    @CsvSource({"issuer, https://idp.example", "jwk-set-uri, https://idp.example/keys"})
    void tokensForOtherServicesCannotBeLetInByLeavingOutTheAudience(String name, String url) {
        assertThatThrownBy(() -> bind(Map.of(name, url)))
                .rootCause()
                .hasMessageStartingWith("baler.api.jwt.audience: must be set");
    }

    @Test
    void anAudienceAloneIsAMistake() {
        assertThatThrownBy(() -> bind(Map.of("audience", "baler")))
                .rootCause()
                .hasMessageStartingWith("baler.api.jwt.audience: is of no use alone");
    }

    private static JwtSettings bind(Map<String, String> properties) {
        var named = new HashMap<String, String>();
        properties.forEach((name, value) -> named.put("baler.api.jwt." + name, value));
        return new Binder(
                        List.of(new MapConfigurationPropertySource(named)),
                        null,
                        ApplicationConversionService.getSharedInstance())
                .bindOrCreate("baler.api.jwt", JwtSettings.class);
    }
}
