package io.baler.job;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.convert.DbRefResolver;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** Reads no job that this version would misunderstand, whoever asks for it; see {@link JobVersion}. */
final class JobConverter extends MappingMongoConverter {
    JobConverter(DbRefResolver references, MongoMappingContext context) {
        super(references, context);
    }

    @Override
    public <S> S read(Class<S> type, Bson stored) {
        if (type == ExportJob.class && stored instanceof Document job) {
            JobVersion.check(job);
        }
        return super.read(type, stored);
    }
}
