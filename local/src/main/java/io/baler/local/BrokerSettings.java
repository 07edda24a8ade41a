package io.baler.local;

import java.nio.file.Path;
import java.util.Properties;

/** The settings of a broker that is alone, small, and quickly up again. */
final class BrokerSettings {

    static final int NODE = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerSettings() {}

    static Properties of(Path directory, int port, int controllerPort, BrokerSecurity security) {
        var settings = new Properties();
        var protocol = security.protocol();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", String.valueOf(NODE));
        settings.setProperty("log.dirs", directory.toString());
        settings.setProperty(
                "listeners",
                protocol + "://127.0.0.1:" + port + "," + CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort);
        settings.setProperty("advertised.listeners", protocol + "://127.0.0.1:" + port);
        settings.setProperty("inter.broker.listener.name", protocol);
        settings.setProperty(
                "listener.security.protocol.map", protocol + ":" + protocol + "," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.putAll(security.settings());
        settings.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        // by setting and not in the log, because the controller's port is another one after a restart
        settings.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        // a mistyped topic is an error here as it is in production
        settings.setProperty("auto.create.topics.enable", "false");
        alone(settings);
        small(settings);
        quicklyUpAgain(settings);
        return settings;
    }

    private static void alone(Properties settings) {
        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("min.insync.replicas", "1");
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.setProperty(topic + ".num.partitions", "1");
            settings.setProperty(topic + ".replication.factor", "1");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        // the first member of a group need not wait for others to join
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
    }

    private static void small(Properties settings) {
        // the default takes 128 MB of heap for compacting
        settings.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("background.threads", "2");
        // no record in the metadata log twice a second while nothing happens
        settings.setProperty("metadata.max.idle.interval.ms", "0");
        // nobody reads them, and brokers of one JVM would register the same names
        settings.setProperty("metric.reporters", "");
    }

    /** A broker that was killed is let in again only when its last session has run out. */
    private static void quicklyUpAgain(Properties settings) {
        settings.setProperty("broker.heartbeat.interval.ms", "200");
        settings.setProperty("broker.session.timeout.ms", "2000");
        settings.setProperty("controller.quorum.election.timeout.ms", "300");
        settings.setProperty("controller.quorum.election.backoff.max.ms", "100");
    }
}
