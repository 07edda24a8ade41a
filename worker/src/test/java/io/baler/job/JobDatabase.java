package io.baler.job;

import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** The jobs' database without a Spring context around it. */
public final class JobDatabase {
    private static final MappingMongoConverter CONVERTER = converter();

    private JobDatabase() {}

    private static MappingMongoConverter converter() {
        var conversions = JobMapping.conversions();
        var context = new MongoMappingContext();
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        context.afterPropertiesSet();
        var converter = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, context);
        converter.setCustomConversions(conversions);
        converter.setTypeMapper(new DefaultMongoTypeMapper(null));
        converter.afterPropertiesSet();
        return converter;
    }

    public static MongoTemplate template(MongoDatabaseFactory factory) {
        return new MongoTemplate(factory, CONVERTER);
    }

    public static void ensureIndexes(MongoTemplate mongo) {
        JobIndexes.ensure(mongo);
    }
}
