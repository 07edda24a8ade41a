package io.baler.standalone;

import io.baler.job.events.Topics;
import io.baler.standalone.kafka.Broker;
import io.baler.standalone.stack.BalerDirectory;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which Kafka a command talks to. */
final class KafkaOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Kafka's bootstrap servers (default: of the data directory).")
    private @Nullable String servers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties of Kafka's clients, for TLS and SASL.")
    private @Nullable Path config;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "What the topics' names begin with: baler.topics.prefix (default: ${DEFAULT-VALUE}).")
    private String prefix = Topics.DEFAULT_PREFIX;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where \"serve\" keeps its data (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory = Path.of(".baler");

    Topics topics() {
        try {
            return new Topics(prefix);
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(
                    spec.commandLine(),
                    String.valueOf(unusable.getMessage()).replace("baler.topics.prefix", "--prefix"),
                    unusable);
        }
    }

    Broker broker() {
        var settings = new HashMap<String, Object>();
        if (config != null) {
            settings.putAll(read(config));
        }
        if (servers != null) {
            settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        }
        settings.computeIfAbsent(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, name -> stored());
        return new Broker(settings);
    }

    private String stored() {
        var kafka = BalerDirectory.at(dataDirectory).connection().kafka();
        if (kafka == null) {
            throw new CommandFailed("connection.json in " + dataDirectory + " has no \"kafka\"");
        }
        return kafka;
    }

    private static Map<String, Object> read(Path file) {
        var properties = new Properties();
        try (var text = Files.newBufferedReader(file)) {
            properties.load(text);
        } catch (IOException unreadable) {
            throw new CommandFailed(file + " cannot be read: " + Reason.of(unreadable), unreadable);
        } catch (IllegalArgumentException damaged) {
            throw new CommandFailed(file + " is no properties file: " + damaged.getMessage(), damaged);
        }
        var settings = new HashMap<String, Object>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
