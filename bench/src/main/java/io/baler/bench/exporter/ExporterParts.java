package io.baler.bench.exporter;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.baler.bench.Task;
import io.baler.job.JobConnection;
import io.baler.job.JobStore;
import io.baler.job.RetentionSettings;
import io.baler.job.source.LogDatabase;
import io.baler.job.source.SourceSettings;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import io.baler.job.storage.S3Settings;
import io.baler.job.storage.StorageConfiguration;
import io.baler.worker.engine.ArchiveSettings;
import io.baler.worker.engine.MemorySettings;
import io.baler.worker.engine.WorkerEngine;
import io.baler.worker.engine.WorkerSettings;
import io.baler.worker.signing.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** What a worker's exports are made with, at the worker's own defaults. */
record ExporterParts(WorkerEngine engine, JobStore jobs) {
    static MongoClientSettings majority(String uri) {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .writeConcern(WriteConcern.MAJORITY)
                .build();
    }

    static ExporterParts connect(MongoClient mongo, Task task) {
        var settings = new Binder(new MapConfigurationPropertySource(task.settings()));
        var s3 = settings.bindOrCreate("baler.s3", S3Settings.class);
        var checked = CompletableFuture.supplyAsync(() -> bucket(s3));
        var template = JobConnection.open(new SimpleMongoClientDatabaseFactory(mongo, task.jobsDatabase()));
        var jobs = new JobStore(template);
        var source = settings.bindOrCreate("baler.source", SourceSettings.class);
        var logs = new LogDatabase(
                MongoClients.create(task.source().uri()), task.source().database(), source);
        var servers = new WorkerEngine.Servers(jobs, logs, checked.join(), ArchiveKeys.of(s3, template));
        var engine = new WorkerEngine(
                servers,
                new WorkerEngine.Settings(
                        settings.bindOrCreate("baler.worker", WorkerSettings.class),
                        settings.bindOrCreate("baler.worker", MemorySettings.class),
                        settings.bindOrCreate("baler.archive", ArchiveSettings.class),
                        settings.bindOrCreate("baler", RetentionSettings.class),
                        source),
                key());
        return new ExporterParts(engine, jobs);
    }

    /** Looks whether it is there, as every service does before it begins. */
    private static ExportBucket bucket(S3Settings settings) {
        var bucket = new StorageConfiguration().exportBucket(settings);
        bucket.check();
        return bucket;
    }

    /** Made up: nobody verifies what the sink has dropped. */
    private static SigningKey key() {
        try {
            var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
            return SigningKey.of(Base64.getEncoder().encodeToString(key.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", impossible);
        }
    }
}
