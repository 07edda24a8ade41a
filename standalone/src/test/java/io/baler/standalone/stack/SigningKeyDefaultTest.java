package io.baler.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SigningKeyDefaultTest {

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    private static Environment environment(Map<String, Object> variables, String... arguments) {
        try (var context = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .initializers(
                        it -> it.getEnvironment()
                                .getPropertySources()
                                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables)),
                        new SigningKeyDefault("ours"))
                .run(arguments)) {
            return context.getEnvironment();
        }
    }

    @Test
    void isTakenWhereNothingElseIsSaid() {
        assertThat(environment(Map.of()).getProperty("baler.signing.key")).isEqualTo("ours");
    }

    @Test
    void givesWayToTheUsersOwn() {
        assertThat(environment(Map.of(), "--baler.signing.key=users").getProperty("baler.signing.key"))
                .isEqualTo("users");
        assertThat(environment(Map.of(), "--baler.signing.key-file=a.pem").containsProperty("baler.signing.key"))
                .isFalse();
        assertThat(environment(Map.of("BALER_SIGNING_KEY_FILE", "a.pem")).containsProperty("baler.signing.key"))
                .isFalse();
        assertThat(environment(Map.of("BALER_SIGNING_KEYFILE", "a.pem")).containsProperty("baler.signing.key"))
                .isFalse();
        assertThat(environment(Map.of("BALER_SIGNING_KEY", "users")).getProperty("baler.signing.key"))
                .isEqualTo("users");
    }
}
