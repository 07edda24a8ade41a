package io.baler.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ApiSettingsTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @Test
    void defaultsArePinned() {
        var settings = bind(Map.of("baler.api.token", TOKEN));

        assertThat(settings.token()).isEqualTo(TOKEN);
        assertThat(settings.user()).isEqualTo("admin");
        assertThat(settings.admin()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef 0123456789abcdef",
                "sécret-sécret-sécret-sécret-sécret-sécret"
            })
    void aTokenThatIsNoneIsRefusedByItsKeyAndNotShown(String token) {
        assertThatThrownBy(() -> bind(Map.of("baler.api.token", token)))
                .rootCause()
                .hasMessageStartingWith("baler.api.token: ")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(token));
    }

    @Test
    void thereIsNoTokenUnlessOneIsSet() {
        assertThat(bind(Map.of("baler.api.user", "ann")).hasToken()).isFalse();
        assertThat(bind(Map.of("baler.api.token", "")).hasToken()).isFalse();
        assertThat(bind(Map.of("baler.api.token", TOKEN)).hasToken()).isTrue();
    }

    @Test
    void anEmptyUserIsRefusedByItsKey() {
        assertThatThrownBy(() -> bind(Map.of("baler.api.token", TOKEN, "baler.api.user", " ")))
                .rootCause()
                .hasMessageStartingWith("baler.api.user: ");
    }

    @Test
    void theTokenIsNotPrinted() {
        assertThat(bind(Map.of("baler.api.token", TOKEN)).toString()).doesNotContain(TOKEN);
    }

    private static ApiSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("baler.api", ApiSettings.class);
    }
}
