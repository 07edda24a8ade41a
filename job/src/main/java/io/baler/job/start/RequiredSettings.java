package io.baler.job.start;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.PropertiesMongoConnectionDetails;
import org.springframework.core.env.Environment;

/**
 * Refuses what Spring would make up: where nothing is set, a server on this host and a database {@code test}. A service
 * that finds them there works, and on other jobs than the other services.
 */
final class RequiredSettings {
    private static final String MONGODB = "spring.mongodb.uri";
    private static final String DATABASE = "spring.mongodb.database";
    private static final String KAFKA = "spring.kafka.bootstrap-servers";
    private static final List<String> DEFAULT_KAFKA = List.of("localhost:9092");
    private static final String PORT = "server.port";
    private static final String MANAGEMENT_PORT = "management.server.port";

    private final Binder binder;

    RequiredSettings(Environment environment) {
        this.binder = Binder.get(environment);
    }

    void check(MongoConnectionDetails mongodb, KafkaConnectionDetails kafka) {
        // the embedded servers' details come from no property
        if (mongodb instanceof PropertiesMongoConnectionDetails) {
            require(
                    isSet(MONGODB) || isSet("spring.mongodb.host"),
                    MONGODB + " (SPRING_MONGODB_URI): must be set to where the jobs are, for instance"
                            + " mongodb://host:27017/baler?replicaSet=rs0");
            require(
                    isSet(MONGODB) || isSet(DATABASE),
                    DATABASE
                            + " (SPRING_MONGODB_DATABASE): must be set to the jobs' database, since spring.mongodb.host"
                            + " names none");
            require(
                    mongodb.getConnectionString().getDatabase() != null || isSet(DATABASE),
                    MONGODB + " (SPRING_MONGODB_URI): names no database for the jobs; add one behind the hosts, as in"
                            + " mongodb://host:27017/baler");
        }
        require(
                isSet(KAFKA) || !kafka.getBootstrapServers().equals(DEFAULT_KAFKA),
                KAFKA + " (SPRING_KAFKA_BOOTSTRAP_SERVERS): must be set to Kafka's brokers, for instance host:9092");
        var port = port(PORT, 8080);
        // 0 takes a free one, -1 none
        require(
                port <= 0 || port != port(MANAGEMENT_PORT, port),
                PORT + " and " + MANAGEMENT_PORT + ": are both " + port + ", and what operators ask would be open to"
                        + " every caller; choose another for one of them");
    }

    private boolean isSet(String name) {
        return Stream.of(name, name + "[0]")
                .anyMatch(it -> binder.bind(it, Bindable.of(String.class)).isBound());
    }

    private int port(String name, int otherwise) {
        return binder.bind(name, Bindable.of(Integer.class)).orElse(otherwise);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new StartFailed(message, null);
        }
    }
}
