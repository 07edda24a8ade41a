package io.baler.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

class LocalConnectionsTest {

    @Test
    @SuppressWarnings("unchecked")
    void anApplicationNeedsNothingElse() throws Exception {
        try (var stack = LocalStack.start(LocalStackSettings.temporary());
                var application = new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .initializers(new LocalConnections(stack))
                        .run("--spring.main.banner-mode=off")) {
            Clients.createTopic(stack.kafka(), "topic");
            KafkaTemplate<String, String> template = application.getBean(KafkaTemplate.class);

            var hello =
                    application.getBean(MongoClient.class).getDatabase("admin").runCommand(new Document("hello", 1));

            assertThat(hello.getInteger("maxWireVersion")).isPositive();
            assertThat(template.send("topic", "value")).succeedsWithin(10, TimeUnit.SECONDS);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({MongoAutoConfiguration.class, KafkaAutoConfiguration.class})
    static class Application {}
}
