package io.baler.job;

import com.mongodb.client.MongoClient;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** The jobs' database as the services open it, without the rest of a service. */
public final class JobDatabase {
    private JobDatabase() {}

    public static MongoTemplate open(MongoClient client, String name) {
        var factory = new SimpleMongoClientDatabaseFactory(client, name);
        var context = new MongoMappingContext();
        var conversions = JobMapping.conversions();
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        var converter = new JobConfiguration().mappingMongoConverter(factory, context, conversions);
        converter.afterPropertiesSet();
        var mongo = new JobConfiguration().mongoTemplate(factory, converter);
        JobIndexes.ensure(mongo);
        return mongo;
    }
}
