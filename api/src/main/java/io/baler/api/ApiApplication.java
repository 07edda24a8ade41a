package io.baler.api;

import io.baler.job.JobConfiguration;
import io.baler.job.start.ServiceDefaults;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** The api as a service of its own, or as one of several in one JVM. */
// nobody logs in with a password, and the one that would be made up is logged
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(JobConfiguration.class)
// not application.properties: several services' would collide on one class path
@PropertySource("classpath:io/baler/api/defaults.properties")
public class ApiApplication {
    /** In logs and traces. */
    public static final String NAME = "baler-api";

    public static void main(String[] args) {
        ServiceDefaults.run(ApiApplication.class, NAME, args);
    }
}
