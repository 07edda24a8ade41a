package io.baler.job.start;

import io.baler.job.LoggedExport;
import io.baler.job.events.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;

/** What every service of Baler sets unless it is told otherwise. */
public final class ServiceDefaults {
    private ServiceDefaults() {}

    /**
     * Starts a service; a start that fails ends the process with exit code 1 and one clear line.
     *
     * @param name what it is called in logs and traces
     */
    public static void run(Class<?> service, String name, String[] args) {
        start(service, named(name, properties()), args);
    }

    /** The same for a service that nobody calls: its only port is the one for health and metrics. */
    public static void runUncalled(Class<?> service, String name, int managementPort, String[] args) {
        start(service, named(name, propertiesOfUncalled(managementPort)), args);
    }

    /** The same properties for a service of this name. */
    public static Map<String, Object> named(String name, Map<String, Object> properties) {
        var all = new TreeMap<>(properties);
        all.put("spring.application.name", name);
        return all;
    }

    /** Lowest in precedence: files, environment and arguments win. */
    public static Map<String, Object> propertiesOfUncalled(int managementPort) {
        var properties = properties();
        properties.put("management.server.port", String.valueOf(managementPort));
        // none besides
        properties.put("server.port", "-1");
        // says so, and three lines more
        properties.put("logging.level.org.springframework.boot.tomcat", "warn");
        return properties;
    }

    private static void start(Class<?> service, Map<String, Object> properties, String[] args) {
        var application = new SpringApplication(service);
        application.setDefaultProperties(properties);
        try {
            application.run(args);
        } catch (RuntimeException reported) {
            // Spring has reported it already, and a thread of a half-started client may keep the process alive
            System.exit(1);
        }
    }

    /** Lowest in precedence: files, environment and arguments win. */
    public static Map<String, Object> properties() {
        var properties = new TreeMap<String, Object>();
        properties.put("spring.main.banner-mode", "off");
        properties.put("logging.pattern.correlation", LoggedExport.PATTERN);
        // each line of a file or a terminal is of one service; as JSON it says of which
        properties.put("logging.include-application-name", "false");
        // one line instead of Spring's paragraph: see OneLineReporter
        properties.put("logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter", "off");
        properties.put("logging.level.org.springframework.boot.autoconfigure.logging", "warn");
        properties.put(
                "logging.level.org.springframework.context.annotation.AnnotationConfigApplicationContext", "error");
        properties.put("logging.level.org.springframework.boot.web.server.servlet.context", "error");
        // a start is one line that it begins, one that it has ended, and one for each port; a rebalance none
        properties.put("logging.level.org.springframework.boot.web.context.servlet", "warn");
        properties.put("logging.level.org.springframework.boot.actuate.endpoint.web", "warn");
        properties.put("logging.level.org.apache.catalina.core", "warn");
        properties.put("logging.level.org.springframework.web.servlet.DispatcherServlet", "warn");
        properties.put("logging.level.org.springframework.kafka", "warn");
        // otherwise anybody with a token could fill the log by asking for paths that are not there
        properties.put("logging.level.org.springframework.web.servlet.PageNotFound", "error");
        properties.put(
                "logging.level.org.springframework.boot.webmvc.autoconfigure.WelcomePageHandlerMapping", "error");
        properties.put("logging.level.org.apache.kafka", "warn");
        // several lines a second while a broker is away; what that means for an export is said by Baler itself
        properties.put("logging.level.org.apache.kafka.clients.NetworkClient", "off");
        properties.put("logging.level.org.apache.kafka.clients.admin.internals.AdminMetadataManager", "off");
        properties.put("logging.level.org.mongodb.driver", "warn");
        // a stack trace for each probe while a server is away; the probes' answers say it, and Baler what it means
        properties.put("logging.level.org.springframework.boot.mongodb.health", "error");
        properties.put("logging.level.io.baler.job.start.KafkaHealth", "error");
        // a stack trace for each batch of spans that a collector does not take; CollectorLog says it once
        properties.put("logging.level.io.opentelemetry.exporter", "off");
        // exports are few, and each is to be found; only where a collector is set
        properties.put("management.tracing.sampling.probability", "1.0");
        // a page that runs scripts is for the embedded mode alone, which brings it and switches it on
        properties.put("springdoc.swagger-ui.enabled", "false");
        // without authentication, so not on the port that callers reach, and at first on this host only
        properties.put("management.server.port", "8081");
        properties.put("management.server.address", "127.0.0.1");
        properties.put("spring.threads.virtual.enabled", "true");
        properties.put("spring.data.mongodb.auto-index-creation", "false");
        properties.put("spring.data.mongodb.repositories.type", "none");
        properties.put(
                "spring.kafka.producer.value-serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        properties.put("spring.kafka.producer.acks", "all");
        // a dead letter is somewhat larger than the request it was
        properties.put("spring.kafka.producer.properties[max.request.size]", String.valueOf(Topics.MOST_BYTES));
        properties.put("spring.kafka.producer.properties[max.block.ms]", "5000");
        properties.put("spring.kafka.producer.properties[delivery.timeout.ms]", "30000");
        properties.put("spring.kafka.producer.properties[request.timeout.ms]", "10000");
        properties.put(
                "spring.kafka.consumer.value-deserializer",
                "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        properties.put("spring.kafka.consumer.auto-offset-reset", "earliest");
        properties.put("spring.kafka.admin.fail-fast", "true");
        properties.put("spring.kafka.admin.operation-timeout", "10s");
        properties.put("spring.kafka.admin.properties[default.api.timeout.ms]", "10000");
        properties.put("spring.kafka.admin.properties[request.timeout.ms]", "5000");
        return properties;
    }
}
