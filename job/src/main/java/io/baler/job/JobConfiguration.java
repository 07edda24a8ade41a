package io.baler.job;

import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import io.baler.job.audit.AuditSettings;
import io.baler.job.audit.AuditTrail;
import io.baler.job.events.EventConfiguration;
import io.baler.job.evidence.PublishedKeys;
import io.baler.job.request.RequestConfiguration;
import io.baler.job.source.SourceConfiguration;
import io.baler.job.start.ServerChecks;
import io.baler.job.start.StartConfiguration;
import io.baler.job.storage.StorageConfiguration;
import io.baler.job.tracing.TracingConfiguration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.convert.DefaultDbRefResolver;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** What every service of Baler shares: jobs, events, the bucket, the source. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AuditSettings.class, JobLimits.class, RetentionSettings.class})
@Import({
    EventConfiguration.class,
    RequestConfiguration.class,
    SourceConfiguration.class,
    StartConfiguration.class,
    StorageConfiguration.class,
    TracingConfiguration.class
})
public class JobConfiguration {

    @Bean
    MongoCustomConversions mongoCustomConversions() {
        return JobMapping.conversions();
    }

    @Bean
    MappingMongoConverter mappingMongoConverter(
            MongoDatabaseFactory factory, MongoMappingContext context, MongoCustomConversions conversions) {
        var converter = new JobConverter(new DefaultDbRefResolver(factory), context);
        converter.setCustomConversions(conversions);
        // no _class: a document names no Java type, and none is ever loaded by name
        converter.setTypeMapper(new DefaultMongoTypeMapper(null));
        return converter;
    }

    /**
     * Durable writes: a claim or a commit that is answered survives a failover. On the client and behind the URI's own
     * settings, since a template's write concern does not reach findAndModify.
     */
    @Bean
    MongoClientSettingsBuilderCustomizer durableWrites() {
        return settings -> settings.writeConcern(WriteConcern.MAJORITY);
    }

    @Bean
    MongoTemplate mongoTemplate(MongoDatabaseFactory factory, MappingMongoConverter converter) {
        var template = new MongoTemplate(factory, converter);
        template.setReadPreference(ReadPreference.primary());
        return template;
    }

    @Bean
    JobStore jobStore(MongoTemplate mongo, JobLimits limits, ServerChecks passed) {
        JobIndexes.ensure(mongo);
        return new JobStore(mongo, limits);
    }

    @Bean
    AuditTrail auditTrail(MongoTemplate mongo, AuditSettings settings, Clock clock) {
        return new AuditTrail(mongo, settings, clock);
    }

    @Bean
    PublishedKeys publishedKeys(MongoTemplate mongo) {
        return new PublishedKeys(mongo);
    }

    @Bean
    JobSummaries jobSummaries(MongoTemplate mongo) {
        return new JobSummaries(mongo);
    }

    @Bean
    JobQueries jobQueries(MongoTemplate mongo) {
        return new JobQueries(mongo);
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
