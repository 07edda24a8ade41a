package io.baler.standalone.stack;

import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives a service the embedded stack's signing key, unless it was told another one, in whichever of the two ways and
 * from wherever: given both, it would not know which to take.
 */
final class SigningKeyDefault implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String KEY = "baler.signing.key";
    private static final String KEY_FILE = "baler.signing.key-file";

    private final String pem;

    SigningKeyDefault(String pem) {
        this.pem = pem;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        if (Stream.of(KEY, KEY_FILE).noneMatch(environment::containsProperty)) {
            environment.getPropertySources().addLast(new MapPropertySource("signingKey", Map.of(KEY, pem)));
        }
    }
}
