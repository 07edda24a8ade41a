package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.api.ApiApplication;
import io.baler.cleanup.CleanupApplication;
import io.baler.local.BrokerSecurity;
import io.baler.local.KafkaServer;
import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import io.baler.standalone.stack.NewSigningKey;
import io.baler.worker.WorkerApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The three services as processes of their own, configured by environment variables alone and logging as in production,
 * only more of it. Kafka asks for TLS with a certificate of the client's and for SCRAM; MongoDB is behind TLS.
 */
final class SecuredServices implements AutoCloseable {
    static final String TOKEN = "a-token-of-more-than-thirty-two-characters";
    static final String PASSWORD = "canary-password";
    static final String PERSON = "canary-person";

    private static final String KEY = NewSigningKey.pem();
    private static final int RECORDS_PER_SECOND = 2_000;

    private final Path directory;
    private final Collector collector;
    private final LocalStack stack = LocalStack.start(LocalStackSettings.temporary());
    private final Certificate ofServers;
    private final Certificate ofServices;
    private final KafkaServer kafka;
    private final TlsFront mongodb;
    private final int port;
    private final List<Process> processes = new ArrayList<>();
    /** Those that are not to run. */
    private final List<Process> doomed = new ArrayList<>();

    private Process worker;

    /** The servers; the services are not started yet. */
    SecuredServices(Path directory, Collector collector) throws IOException {
        this.directory = directory;
        this.collector = collector;
        ofServers = Certificate.make(directory, "servers");
        ofServices = Certificate.make(directory, "services");
        kafka = KafkaServer.start(directory.resolve("kafka"), 0, secured());
        mongodb = TlsFront.of(stack.mongodb().port(), ofServers.server());
        stack.s3().createBucket("exports");
        port = ServiceUnderTest.freePort();
    }

    /** Returns once the api answers. */
    void start() throws IOException {
        // the one thing that is not as in production: there is no identity provider here
        start(
                ApiApplication.class,
                Map.of(
                        "SERVER_PORT",
                        String.valueOf(port),
                        "SPRING_PROFILES_ACTIVE",
                        "embedded",
                        "BALER_API_TOKEN",
                        TOKEN,
                        "BALER_API_USER",
                        PERSON,
                        // through the api; other tests download from the storage
                        "BALER_API_DOWNLOADS",
                        "stream"));
        worker = startWorker("WorkerApplication");
        start(CleanupApplication.class, Map.of());
        await().atMost(Duration.ofMinutes(2)).until(this::apiAnswers);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Without TLS, for the test itself. */
    String mongodb() {
        return stack.mongodb().connectionString();
    }

    String storageSecret() {
        return stack.s3().secretKey();
    }

    boolean areAlive() {
        return processes.stream().allMatch(Process::isAlive);
    }

    /** The worker that was started first. */
    void killWorker() {
        processes.remove(worker);
        worker.destroyForcibly().onExit().join();
    }

    /** A cleanup that believes no certificate but the services' own where Kafka is. */
    Process startNotBelievingKafka(String log) throws IOException {
        return startDoomed(log, Map.of("SPRING_SSL_BUNDLE_PEM_KAFKA_TRUSTSTORE_CERTIFICATE", ofServices.certificate()));
    }

    /** The same where MongoDB is. */
    Process startNotBelievingMongodb(String log) throws IOException {
        return startDoomed(
                log,
                Map.of(
                        "SPRING_SSL_BUNDLE_PEM_MONGODB_TRUSTSTORE_CERTIFICATE",
                        ofServices.certificate(),
                        // no longer than that
                        "SPRING_MONGODB_URI",
                        "mongodb://127.0.0.1:" + mongodb.port() + "/baler?tls=true&serverSelectionTimeoutMS=1000"));
    }

    Process startWithPassword(String log, String password) throws IOException {
        return startDoomed(log, Map.of("SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", login(password)));
    }

    private Process startDoomed(String log, Map<String, String> wrong) throws IOException {
        var process = start(CleanupApplication.class, log, wrong);
        processes.remove(process);
        doomed.add(process);
        return process;
    }

    /** As an operator sets up a broker that lets in who has both a certificate and a password. */
    private BrokerSecurity secured() {
        return new BrokerSecurity(
                "SASL_SSL",
                Map.of(
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.certificate.chain", ofServers.certificate(),
                        "ssl.keystore.key", ofServers.key(),
                        "ssl.truststore.type", "PEM",
                        // the broker is a client of its own
                        "ssl.truststore.certificates", ofServices.certificate() + ofServers.certificate(),
                        "listener.name.sasl_ssl.ssl.client.auth", "required",
                        "sasl.enabled.mechanisms", "SCRAM-SHA-512",
                        "sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512",
                        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", login(PASSWORD)),
                List.of("SCRAM-SHA-512=[name=baler,password=" + PASSWORD + "]"));
    }

    private static String login(String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"baler\" password=\""
                + password + "\";";
    }

    Process startWorker(String log) throws IOException {
        return start(
                WorkerApplication.class,
                log,
                Map.of(
                        "BALER_SIGNING_KEY",
                        KEY,
                        "BALER_WORKER_LEASE",
                        "2s",
                        // so that there is time to kill it
                        "BALER_WORKER_MAX_RECORDS_PER_SECOND",
                        String.valueOf(RECORDS_PER_SECOND)));
    }

    /** Whole ones: a process that is killed may leave half a one. */
    Stream<String> lines(String log) {
        try {
            var text = Files.readString(directory.resolve(log + ".log"));
            return text.substring(0, text.lastIndexOf('\n') + 1).lines();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Process start(Class<?> service, Map<String, String> more) throws IOException {
        return start(service, service.getSimpleName(), more);
    }

    private Process start(Class<?> service, String log, Map<String, String> more) throws IOException {
        var environment = new TreeMap<>(Map.ofEntries(
                Map.entry("SPRING_MONGODB_URI", "mongodb://127.0.0.1:" + mongodb.port() + "/baler?tls=true"),
                Map.entry("SPRING_MONGODB_SSL_BUNDLE", "mongodb"),
                Map.entry("SPRING_SSL_BUNDLE_PEM_MONGODB_TRUSTSTORE_CERTIFICATE", ofServers.certificate()),
                Map.entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()),
                Map.entry("SPRING_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"),
                Map.entry("SPRING_KAFKA_SSL_BUNDLE", "kafka"),
                Map.entry("SPRING_SSL_BUNDLE_PEM_KAFKA_TRUSTSTORE_CERTIFICATE", ofServers.certificate()),
                Map.entry("SPRING_SSL_BUNDLE_PEM_KAFKA_KEYSTORE_CERTIFICATE", ofServices.certificate()),
                Map.entry("SPRING_SSL_BUNDLE_PEM_KAFKA_KEYSTORE_PRIVATEKEY", ofServices.key()),
                Map.entry("SPRING_KAFKA_PROPERTIES_SASL_MECHANISM", "SCRAM-SHA-512"),
                Map.entry("SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", login(PASSWORD)),
                Map.entry("BALER_S3_ENDPOINT", stack.s3().endpoint().toString()),
                Map.entry("BALER_S3_REGION", "us-east-1"),
                Map.entry("BALER_S3_BUCKET", "exports"),
                Map.entry("BALER_S3_PATH_STYLE", "true"),
                Map.entry("BALER_S3_ACCESS_KEY", stack.s3().accessKey()),
                Map.entry("BALER_S3_SECRET_KEY", stack.s3().secretKey()),
                Map.entry("BALER_SOURCE_SETTLE", "0s"),
                Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()),
                Map.entry("OTEL_BSP_SCHEDULE_DELAY", "100"),
                Map.entry("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs"),
                Map.entry("LOGGING_LEVEL_IO_BALER", "trace"),
                Map.entry("MANAGEMENT_SERVER_PORT", "0")));
        environment.putAll(more);
        // the class path of all modules together has a web server, which only the api's own has in production
        var type = service == ApiApplication.class ? "servlet" : "none";
        environment.put("SPRING_MAIN_WEB_APPLICATION_TYPE", type);
        var process = Cli.service(directory, service, environment)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve(log + ".log").toFile()))
                .start();
        processes.add(process);
        return process;
    }

    private boolean apiAnswers() throws IOException, InterruptedException {
        assertThat(areAlive()).isTrue();
        var request = HttpRequest.newBuilder(URI.create(url() + "/api/v1/exports"))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        doomed.forEach(Process::destroyForcibly);
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
        mongodb.close();
        kafka.close();
        stack.close();
    }
}
