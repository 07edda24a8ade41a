package io.baler.job.source;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** Connects to the logs: in the jobs' MongoDB unless {@code baler.source.uri} names another. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SourceSettings.class)
public class SourceConfiguration {

    @Bean
    LogDatabase logDatabase(SourceSettings settings, MongoClient jobs, MongoDatabaseFactory factory) {
        var jobsDatabase = factory.getMongoDatabase().getName();
        if (settings.uri() == null) {
            var name = settings.database() == null ? jobsDatabase : settings.database();
            return new LogDatabase(jobs, name, settings, () -> {});
        }
        var uri = new ConnectionString(settings.uri());
        var client = MongoClients.create(uri);
        return new LogDatabase(client, databaseOf(settings, uri), settings, client::close);
    }

    private static String databaseOf(SourceSettings settings, ConnectionString uri) {
        if (settings.database() != null) {
            return settings.database();
        }
        if (uri.getDatabase() == null) {
            throw new IllegalArgumentException("baler.source.database: must be set, for baler.source.uri names none");
        }
        return uri.getDatabase();
    }
}
