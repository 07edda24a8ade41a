package io.baler.local;

import com.mongodb.ConnectionString;
import java.util.List;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Connects a Spring Boot application to a stack, in place of any {@code spring.mongodb.uri} and {@code
 * spring.kafka.bootstrap-servers}.
 */
public final class LocalConnections implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private final ConnectionString mongodb;
    private final List<String> kafka;

    public LocalConnections(LocalStack stack) {
        this.mongodb = new ConnectionString(stack.mongodb().connectionString());
        this.kafka = List.of(stack.kafka().bootstrapServers());
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        MongoConnectionDetails toMongodb = () -> mongodb;
        KafkaConnectionDetails toKafka = () -> kafka;
        context.getBeanFactory().registerSingleton("localMongoConnectionDetails", toMongodb);
        context.getBeanFactory().registerSingleton("localKafkaConnectionDetails", toKafka);
    }
}
