package io.baler.job.source;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClients;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoClientFactory;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** Connects to the logs: in the jobs' MongoDB unless {@code baler.source.uri} names another. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SourceSettings.class)
public class SourceConfiguration {

    /**
     * A client of its own in any case: a query that looks for few records among many may take longer than anything
     * that the jobs' client waits for.
     */
    @Bean(destroyMethod = "close")
    LogDatabase logDatabase(
            SourceSettings settings,
            MongoClientSettings jobs,
            ObjectProvider<MongoClientSettingsBuilderCustomizer> customizers,
            MongoDatabaseFactory factory) {
        if (settings.uri() != null) {
            var uri = new ConnectionString(settings.uri());
            return new LogDatabase(MongoClients.create(elsewhere(uri, jobs)), settings.databaseOf(uri), settings);
        }
        var name = settings.database() == null ? factory.getMongoDatabase().getName() : settings.database();
        var patient = Stream.concat(customizers.orderedStream(), Stream.of(SourceConfiguration::waitForSlowQueries));
        return new LogDatabase(new MongoClientFactory(patient.toList()).createMongoClient(jobs), name, settings);
    }

    /** What certificates are believed is one setting for both databases; whether TLS is spoken, each URI says. */
    private static MongoClientSettings elsewhere(ConnectionString uri, MongoClientSettings jobs) {
        return MongoClientSettings.builder()
                .applyConnectionString(uri)
                .applyToSslSettings(ssl -> ssl.context(jobs.getSslSettings().getContext()))
                .build();
    }

    private static void waitForSlowQueries(MongoClientSettings.Builder settings) {
        settings.applyToSocketSettings(socket -> socket.readTimeout(0, TimeUnit.MILLISECONDS));
    }
}
