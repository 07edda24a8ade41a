package io.baler.job;

import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** Opens the jobs' database as the services do, for a program that has no Spring context around it. */
public final class JobConnection {
    private JobConnection() {}

    /**
     * A template that reads and writes jobs as {@link JobConfiguration}'s does, with the indexes in place.
     *
     * @param factory of a client whose write concern is majority
     */
    public static MongoTemplate open(MongoDatabaseFactory factory) {
        var conversions = JobMapping.conversions();
        var context = new MongoMappingContext();
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        context.setAutoIndexCreation(false);
        context.afterPropertiesSet();
        var services = new JobConfiguration();
        var converter = services.mappingMongoConverter(factory, context, conversions);
        converter.afterPropertiesSet();
        var mongo = services.mongoTemplate(factory, converter);
        JobIndexes.ensure(mongo);
        return mongo;
    }
}
