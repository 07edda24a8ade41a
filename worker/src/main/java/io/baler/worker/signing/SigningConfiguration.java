package io.baler.worker.signing;

import io.baler.job.evidence.PublishedKeys;
import io.baler.job.start.ServerChecks;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the key, and publishes its public half. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SigningSettings.class)
public class SigningConfiguration {

    /** Published before anything is signed with it: whoever finds a manifest finds its key. */
    @Bean
    SigningKey signingKey(SigningSettings settings, PublishedKeys published, ServerChecks passed) {
        var key = settings.signingKey();
        published.publish(key.verificationKey());
        return key;
    }
}
