package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import io.baler.api.ApiApplication;
import io.baler.cleanup.CleanupApplication;
import io.baler.job.start.ServiceDefaults;
import io.baler.local.LocalConnections;
import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import io.baler.standalone.stack.NewSigningKey;
import io.baler.worker.WorkerApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Why a service does not start is said in one line that names each setting to look at, without a stack trace: settings
 * that are missing or contradict each other are told before any server is looked for. What a single setting cannot be
 * is in each module's {@code SettingsTest}, and how callers come in {@code StartTest}.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartFailuresTest {
    private static final Map<String, Class<?>> SERVICES =
            Map.of("api", ApiApplication.class, "worker", WorkerApplication.class, "cleanup", CleanupApplication.class);
    private static final Map<String, String> MANAGEMENT_PORTS =
            Map.of("api", "8081", "worker", "8082", "cleanup", "8083");

    /** What a start needs, of servers that nobody runs. */
    private static final Map<String, String> GOOD = Map.of(
            "spring.mongodb.uri", "mongodb://127.0.0.1:1/none",
            "spring.kafka.bootstrap-servers", "127.0.0.1:1",
            "baler.s3.bucket", "exports",
            "baler.s3.region", "eu-central-1",
            "baler.api.jwt.issuer", "http://127.0.0.1:1",
            "baler.api.jwt.audience", "baler",
            "baler.signing.key", NewSigningKey.pem());

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(LocalStackSettings.temporary());
        stack.s3().createBucket("exports");
    }

    @AfterAll
    static void stop() throws JoranException {
        stack.close();
        // as other tests expect it
        var logging = (LoggerContext) LoggerFactory.getILoggerFactory();
        logging.reset();
        new ContextInitializer(logging).autoConfig();
    }

    @ParameterizedTest
    @MethodSource({"missing", "contradicting"})
    void aSettingThatIsMissingOrContradictsAnotherIsToldByName(
            String service, String changes, String said, CapturedOutput output) {
        refuse(service, List.of(changes.split(",")));

        assertToldInOneLine(output, said);
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                arguments(
                        "api", "spring.mongodb.uri", "spring\\.mongodb\\.uri \\(SPRING_MONGODB_URI\\): must be set .*"),
                arguments("worker", "spring.mongodb.uri=mongodb://h", "spring\\.mongodb\\.uri .* names no database .*"),
                arguments(
                        "worker",
                        "spring.mongodb.uri,spring.mongodb.host=h",
                        "spring\\.mongodb\\.database .*: must be set .*"),
                arguments(
                        "cleanup",
                        "spring.kafka.bootstrap-servers",
                        "spring\\.kafka\\.bootstrap-servers \\(SPRING_KAFKA_BOOTSTRAP_SERVERS\\): must be set .*"),
                arguments("worker", "baler.s3.bucket", "baler\\.s3\\.bucket: must be set .*"),
                arguments("cleanup", "baler.s3.region", "baler\\.s3\\.region: must be set.*"),
                arguments(
                        "api", "baler.source.uri=mongodb://h", "baler\\.source\\.database: must be set, for .*uri .*"),
                arguments("worker", "baler.signing.key", "baler\\.signing\\.key or .* must be set.*"));
    }

    static Stream<Arguments> contradicting() {
        var settle = "baler.source.settle=1h,baler.job-expiration=30m";
        return Stream.of(
                arguments("cleanup", settle, "baler\\.job-expiration: must be longer than baler\\.source\\.settle.*"),
                arguments(
                        "worker",
                        "baler.signing.key-file=signing-key.pem",
                        "baler\\.signing\\.key or baler\\.signing\\.key-file: .* one of them.*"),
                arguments(
                        "worker",
                        "baler.job-expiration=1m,baler.worker.lease=2m",
                        "baler\\.job-expiration: must be longer than baler\\.worker\\.lease.*"),
                arguments(
                        "worker",
                        "baler.archive.part-size=64MB",
                        "baler\\.worker\\.memory-per-export: must be at least 192MB with"
                                + " baler\\.archive\\.part-size 64MB, got 128MB.*"),
                arguments("api", "server.port=8081", "server\\.port and management\\.server\\.port: are both 8081.*"));
    }

    /** It is taken while the servers answer, for a port is asked for last. */
    @ParameterizedTest
    @CsvSource({"api, server.port, SERVER_PORT", "worker, management.server.port, MANAGEMENT_SERVER_PORT"})
    void aPortThatIsTakenIsToldWithTheSettingThatChoosesIt(
            String service, String setting, String variable, CapturedOutput output) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refuse(
                    service,
                    List.of(
                            "server.port=0",
                            "server.address=127.0.0.1",
                            "management.server.port=0",
                            setting + "=" + taken.getLocalPort(),
                            "baler.s3.path-style=true",
                            "baler.s3.endpoint=" + stack.s3().endpoint(),
                            "baler.s3.access-key=" + stack.s3().accessKey(),
                            "baler.s3.secret-key=" + stack.s3().secretKey()),
                    new LocalConnections(stack));

            assertToldInOneLine(
                    output, setting + " \\(" + variable + "\\): port " + taken.getLocalPort() + ",.* is taken\\. .*");
        }
    }

    private static void assertToldInOneLine(CapturedOutput output, String said) {
        assertThat(output.getAll().lines().filter(line -> line.contains("Cannot start: ")))
                .singleElement()
                .asString()
                .matches(".*Cannot start: " + said);
        assertThat(output.getAll()).doesNotContain("\tat ", "APPLICATION FAILED");
    }

    private static void refuse(String service, List<String> changes, LocalConnections... servers) {
        var settings = new TreeMap<>(GOOD);
        for (var change : changes) {
            var nameAndValue = change.split("=", 2);
            settings.remove(nameAndValue[0]);
            if (nameAndValue.length == 2) {
                settings.put(nameAndValue[0], nameAndValue[1]);
            }
        }
        var arguments = new ArrayList<>(List.of("--logging.config=classpath:logback-service.xml"));
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        LocalStack.QUIET_LOGGERS.forEach((name, level) -> arguments.add("--logging.level." + name + "=" + level));
        var defaults = service.equals("api")
                ? ServiceDefaults.properties()
                : ServiceDefaults.propertiesOfUncalled(Integer.parseInt(MANAGEMENT_PORTS.get(service)));
        var application = new SpringApplicationBuilder(SERVICES.get(service)).properties(defaults);
        Arrays.stream(servers).forEach(application::initializers);

        assertThatThrownBy(
                () -> application.run(arguments.toArray(String[]::new)).close());
    }
}
