package io.baler.standalone.stack;

import io.baler.api.ApiApplication;
import io.baler.cleanup.CleanupApplication;
import io.baler.job.evidence.VerificationKey;
import io.baler.job.start.ServiceDefaults;
import io.baler.local.LocalConnections;
import io.baler.local.LocalStack;
import io.baler.worker.WorkerApplication;
import io.baler.worker.signing.SigningKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Api, worker and cleanup in this JVM on an embedded stack: all of them ready, or none of them left running. */
public final class Services implements AutoCloseable {

    /** The bucket for archives. */
    public static final String BUCKET = "baler";

    private static final Logger log = LoggerFactory.getLogger(Services.class);

    private final LocalStack stack;
    private final SigningKeyDefault signingKey;
    private final CompletableFuture<ConfigurableApplicationContext> api;
    private final CompletableFuture<ConfigurableApplicationContext> worker;
    private final CompletableFuture<ConfigurableApplicationContext> cleanup;

    private Services(LocalStack stack, ServiceSettings settings) {
        this.stack = stack;
        this.signingKey = new SigningKeyDefault(settings.signingKey());
        var arguments = arguments(stack, settings);
        this.api = starting(ApiApplication.class, ApiApplication.NAME, WebApplicationType.SERVLET, arguments);
        this.worker = starting(WorkerApplication.class, WorkerApplication.NAME, WebApplicationType.NONE, arguments);
        this.cleanup = starting(CleanupApplication.class, CleanupApplication.NAME, WebApplicationType.NONE, arguments);
    }

    /**
     * Starts the three at the same time and waits for all of them.
     *
     * @param stack closed with the services, and also when they cannot start
     * @throws ServicesFailed if one of them cannot start; the others are closed again
     */
    public static Services start(LocalStack stack, ServiceSettings settings) {
        settings.logLevels().forEach(LogFile::level);
        try {
            stack.s3().createBucket(BUCKET);
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
        var services = new Services(stack, settings);
        try {
            CompletableFuture.allOf(services.api, services.worker, services.cleanup)
                    .join();
            return services;
        } catch (CompletionException e) {
            log.info("A service could not start", e);
            services.close();
            throw ServicesFailed.because(e.getCause() == null ? e : e.getCause(), settings.properties());
        }
    }

    /** Where the REST API answers. */
    public String url() {
        var environment = api.join().getEnvironment();
        return "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
    }

    /** What the REST API asks for: the user's own token, if the properties name one. */
    public String token() {
        return api.join().getEnvironment().getRequiredProperty("baler.api.token");
    }

    /** The public half of the key that this worker signs with. */
    public VerificationKey verificationKey() {
        return worker.join().getBean(SigningKey.class).verificationKey();
    }

    public LocalStack stack() {
        return stack;
    }

    /** Stops taking requests, then gives up running exports in order, then the rest. Closing twice does nothing. */
    @Override
    public void close() {
        List.of(api, worker, cleanup).forEach(Services::close);
        stack.close();
    }

    private static void close(CompletableFuture<ConfigurableApplicationContext> service) {
        try {
            service.thenAccept(ConfigurableApplicationContext::close).join();
        } catch (CompletionException e) {
            // one that did not start has been told of; the others have to be closed in any case
            log.debug("Not closed in order", e);
        }
    }

    /** On a thread of its own, which inherits the class loader; a common pool's thread would not see a packed jar. */
    private CompletableFuture<ConfigurableApplicationContext> starting(
            Class<?> application, String name, WebApplicationType type, String[] arguments) {
        return CompletableFuture.supplyAsync(
                () -> new SpringApplicationBuilder(application)
                        .web(type)
                        // the api takes its one token in no other
                        .profiles("embedded")
                        .initializers(new LocalConnections(stack), signingKey)
                        .properties(ServiceDefaults.named(name, defaults()))
                        // closed in order, by close()
                        .registerShutdownHook(false)
                        .run(arguments),
                task -> new Thread(task, application.getSimpleName() + "-start").start());
    }

    /** Lowest in precedence: the environment may change them. */
    private static Map<String, Object> defaults() {
        var defaults = new HashMap<>(ServiceDefaults.properties());
        // here nothing arrives late: the logs' only database is in this process
        defaults.put("baler.source.settle", "0s");
        defaults.put("springdoc.swagger-ui.enabled", "true");
        // nobody watches this process but who started it, and a second one would find the port taken
        defaults.put("management.server.port", "-1");
        return defaults;
    }

    private static String[] arguments(LocalStack stack, ServiceSettings settings) {
        return new SpringArguments(settings.properties())
                .with("server.address", "127.0.0.1")
                .with("server.port", settings.port())
                .with("baler.api.token", settings.token())
                .with("baler.s3.endpoint", stack.s3().endpoint())
                .with("baler.s3.region", "us-east-1")
                .with("baler.s3.bucket", BUCKET)
                .with("baler.s3.access-key", stack.s3().accessKey())
                .with("baler.s3.secret-key", stack.s3().secretKey())
                .with("baler.s3.path-style", true)
                .toArray();
    }
}
