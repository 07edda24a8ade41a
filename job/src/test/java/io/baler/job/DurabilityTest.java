package io.baler.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.baler.job.start.ServiceDefaults;
import io.baler.local.LocalConnections;
import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Nothing that a service believes written can be rolled back by a failover. */
class DurabilityTest {
    private static final Set<String> WRITES = Set.of("insert", "update", "findAndModify", "delete");
    private static final List<BsonDocument> written = new CopyOnWriteArrayList<>();

    @EnableAutoConfiguration
    @Import(JobConfiguration.class)
    static class Access {
        @Bean
        MongoClientSettingsBuilderCustomizer eavesdropping() {
            return settings -> settings.addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    if (WRITES.contains(event.getCommandName())) {
                        written.add(event.getCommand().clone());
                    }
                }
            });
        }
    }

    @Test
    void everyChangeOfAJobIsAcknowledgedByAMajority() {
        try (var stack = LocalStack.start(LocalStackSettings.temporary());
                var context = start(stack)) {
            written.clear();
            runThroughAJobsLife(context.getBean(JobStore.class));
        }

        assertThat(written).hasSizeGreaterThanOrEqualTo(9).allSatisfy(command -> {
            assertThat(command).containsKey("writeConcern");
            assertThat(command.getDocument("writeConcern").getString("w").getValue())
                    .isEqualTo("majority");
        });
    }

    private static void runThroughAJobsLife(JobStore jobs) {
        var id = new ObjectId().toHexString();
        var selection = new Selection(null, "baler", "activities", "user", "action", "createdAt");
        jobs.create(new NewJob(id, "auditor", LogFilters.NONE, selection, "hash", ArchiveFormat.JSON, null));
        var claim = jobs.claim(id, "w", Duration.ofSeconds(10)).orElseThrow();
        claim = jobs.linkToChain(claim);
        claim = jobs.beginUpload(claim, "key", "upload");
        jobs.renew(claim, 1);
        var part = new UploadedPart(1, "etag", "crc", 1, claim.epoch());
        var manifest = SomeManifest.of(claim);
        claim = jobs.commit(claim, new Commit(part, List.of(), new BsonInt32(1), 1, 1, "digest", 1, manifest));
        jobs.complete(claim, new Attachment("bucket", "key", "a.zip", 1, "etag", "sha", Instant.EPOCH));
        jobs.delete(id);
    }

    private static ConfigurableApplicationContext start(LocalStack stack) {
        stack.s3().createBucket("exports");
        var properties = new HashMap<>(ServiceDefaults.properties());
        properties.put("baler.s3.endpoint", stack.s3().endpoint());
        properties.put("baler.s3.bucket", "exports");
        properties.put("baler.s3.path-style", "true");
        properties.put("baler.s3.access-key", stack.s3().accessKey());
        properties.put("baler.s3.secret-key", stack.s3().secretKey());
        return new SpringApplicationBuilder(Access.class)
                .web(WebApplicationType.NONE)
                .initializers(new LocalConnections(stack))
                .properties(properties)
                .run();
    }
}
