package io.baler.worker;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.baler.job.Change;
import io.baler.job.ExportJob;
import io.baler.job.JobConfiguration;
import io.baler.job.JobStore;
import io.baler.job.events.ExportEvents;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.JobIds;
import io.baler.job.request.RequestReader;
import io.baler.job.start.ServiceDefaults;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import io.baler.local.KafkaServer;
import io.baler.local.LocalConnections;
import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import io.baler.worker.guarantee.Archive;
import io.baler.worker.signing.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real servers and as many workers as a test starts, with a database of its own for each. */
public final class Installation implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.shared();
    private static final String BUCKET = "exports";
    private static final Map<String, Object> OF_TESTS = Map.of(
            "baler.source.settle", "0s",
            "baler.limits.live-per-requester", "1000",
            "logging.level.root", "warn");

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final LocalStack stack = LocalStack.start(LocalStackSettings.temporary());
    private final MongoClient mongo = MongoClients.create(stack.mongodb().connectionString());
    private final String kafka;
    private final List<ConfigurableApplicationContext> workers = new ArrayList<>();

    /** What the services share, without any of them: the test's own view of jobs, topics and bucket. */
    private final ConfigurableApplicationContext access;

    public Installation() {
        stack.s3().createBucket(BUCKET);
        kafka = stack.kafka().bootstrapServers();
        access = run(Access.class, arguments(), new LocalConnections(stack));
    }

    /** With a broker that the test looks after. */
    public Installation(KafkaServer broker) {
        stack.s3().createBucket(BUCKET);
        kafka = broker.bootstrapServers();
        access = run(Access.class, arguments(elsewhere()));
    }

    private String[] elsewhere() {
        return new String[] {
            "--spring.mongodb.uri=" + stack.mongodb().connectionString(), "--spring.kafka.bootstrap-servers=" + kafka
        };
    }

    @EnableAutoConfiguration
    @Import(JobConfiguration.class)
    static class Access {}

    public LocalStack stack() {
        return stack;
    }

    public MongoDatabase database() {
        return mongo.getDatabase("baler");
    }

    void clear() {
        empty("activities", "users");
        forgetJobs();
    }

    public void forgetJobs() {
        empty("exportJobs", "exportParts", "manifestChains");
    }

    private void empty(String... collections) {
        for (var name : collections) {
            database().getCollection(name).deleteMany(new Document());
        }
    }

    /** As the api does it: the database first, then the bell. */
    public ExportJob cancel(String id) {
        var cancelled = ((Change.Changed) jobs().cancel(id)).job();
        events().cancelled(cancelled);
        return await().until(() -> jobs().find(id).orElseThrow(), ExportJob::announced);
    }

    public void restart(String id) {
        if (!tryRestart(id)) {
            throw new AssertionError(id + " has ended");
        }
    }

    /** Whether it had not ended yet. */
    public boolean tryRestart(String id) {
        if (jobs().restart(id) instanceof Change.Changed changed) {
            events().restarted(changed.job());
            return true;
        }
        return false;
    }

    /** Whether it had not ended yet. */
    public boolean tryCancel(String id) {
        if (jobs().cancel(id) instanceof Change.Changed changed) {
            events().cancelled(changed.job());
            return true;
        }
        return false;
    }

    /** Every message so far that says how this export ended. */
    List<JsonNode> finished(String id) {
        return finished().stream()
                .filter(message -> id.equals(message.key()))
                .map(message -> JSON.readTree(message.value()))
                .toList();
    }

    /** Every message so far that says how an export ended. */
    public List<ConsumerRecord<String, byte[]>> finished() {
        return messages("baler.export.finished");
    }

    /** Every message so far of a topic. */
    @SuppressWarnings("unchecked")
    public List<ConsumerRecord<String, byte[]>> messages(String topic) {
        try (var consumer =
                (Consumer<String, byte[]>) bean(ConsumerFactory.class).createConsumer("test", "")) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var messages = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(messages::add);
            }
            return messages;
        }
    }

    /** Sends a message again as it was. */
    @SuppressWarnings("unchecked")
    public void repeat(ConsumerRecord<String, byte[]> message) {
        var template = (KafkaTemplate<String, byte[]>) access.getBean("eventTemplate");
        template.send(new ProducerRecord<>(message.topic(), null, message.key(), message.value(), message.headers()))
                .join();
    }

    /** The next dead letter that holds the given key. */
    @SuppressWarnings("unchecked")
    ConsumerRecord<String, byte[]> awaitDeadLetter(String key) {
        try (var consumer = bean(ConsumerFactory.class).createConsumer("test-" + key, "")) {
            consumer.assign(List.of(new TopicPartition("baler.export.requested-dlt", 0)));
            consumer.seekToBeginning(consumer.assignment());
            var found = new AtomicReference<ConsumerRecord<String, byte[]>>();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                for (var record : (ConsumerRecords<String, byte[]>) consumer.poll(Duration.ofMillis(200))) {
                    if (key.equals(record.key())) {
                        found.set(record);
                    }
                }
                return found.get() != null;
            });
            return found.get();
        }
    }

    public ConfigurableApplicationContext startWorker(String... properties) {
        return started(run(WorkerApplication.class, arguments(properties), new LocalConnections(stack)));
    }

    /** A worker as an operator runs it: with a port for health and metrics, any free one. */
    public ConfigurableApplicationContext startWatchedWorker(String... properties) {
        var defaults = new HashMap<>(ServiceDefaults.propertiesOfUncalled(0));
        defaults.putAll(OF_TESTS);
        return started(new SpringApplicationBuilder(WorkerApplication.class)
                .initializers(new LocalConnections(stack))
                .properties(defaults)
                .run(arguments(properties)));
    }

    /** A worker at the broker that the test looks after. */
    public ConfigurableApplicationContext startWorkerAtBroker(String... properties) {
        var all = new ArrayList<>(List.of(elsewhere()));
        all.addAll(List.of(properties));
        return startWorkerElsewhere(all.toArray(String[]::new));
    }

    /** A worker that reaches MongoDB and Kafka only where the properties say. */
    public ConfigurableApplicationContext startWorkerElsewhere(String... properties) {
        return started(run(WorkerApplication.class, arguments(properties)));
    }

    private ConfigurableApplicationContext started(ConfigurableApplicationContext worker) {
        workers.add(worker);
        return worker;
    }

    private static ConfigurableApplicationContext run(
            Class<?> application, String[] arguments, ApplicationContextInitializer<?>... initializers) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .initializers(initializers)
                .properties(defaults())
                .run(arguments);
    }

    private static Map<String, Object> defaults() {
        var defaults = new HashMap<>(ServiceDefaults.properties());
        defaults.putAll(OF_TESTS);
        return defaults;
    }

    /** How a worker reaches the bucket; what a test gives wins. */
    String[] arguments(String... properties) {
        var all = new LinkedHashMap<>(Map.of(
                "--baler.s3.endpoint",
                stack.s3().endpoint().toString(),
                "--baler.s3.region",
                "us-east-1",
                "--baler.s3.bucket",
                BUCKET,
                "--baler.s3.path-style",
                "true",
                "--baler.s3.access-key",
                stack.s3().accessKey(),
                "--baler.s3.secret-key",
                stack.s3().secretKey()));
        all.put("--baler.signing.key", TestKey.PKCS8);
        for (var property : properties) {
            var parts = property.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        return all.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    /** Puts a finished job back as a restart would leave it, which only live jobs can ask for. */
    public void beginAgain(String id) {
        var checkpoint = new Document("seq", 0)
                .append("totalExportedCount", 0L)
                .append("bytes", 0L)
                .append("parts", List.of())
                .append("formatState", 0)
                .append("frozen", false);
        var queued = new Document("status", "queued").append("checkpoint", checkpoint);
        var ended = new Document("attachment", "").append("manifest", "").append("endedAt", "");
        database()
                .getCollection("exportJobs")
                .updateOne(
                        new Document("_id", id),
                        new Document("$set", queued)
                                .append("$unset", ended)
                                .append("$inc", new Document("gen", 1).append("epoch", 1)));
    }

    /** Puts a completed job back to where its worker had not yet heard that S3 has made the object. */
    void forgetCompletion(String id) {
        database()
                .getCollection("exportJobs")
                .updateOne(
                        new Document("_id", id),
                        new Document("$set", new Document("status", "uploading"))
                                .append("$unset", new Document("attachment", "").append("endedAt", ""))
                                .append("$inc", new Document("epoch", 1)));
    }

    private <T> T bean(Class<T> type) {
        return access.getBean(type);
    }

    public JobStore jobs() {
        return bean(JobStore.class);
    }

    public ExportBucket bucket() {
        return bean(ExportBucket.class);
    }

    public ExportEvents events() {
        return bean(ExportEvents.class);
    }

    /** Creates the job and rings the bell, as the api does. */
    public String request(String body) {
        var id = create(body);
        ring(id);
        return id;
    }

    /** The same with an id that the test knows beforehand, for a requester who may have other live exports. */
    public void request(String id, String requester, String body) {
        create(id, requester, body);
        ring(id);
    }

    /** Creates the job as if its message had been lost. */
    public String create(String body) {
        var id = JobIds.next();
        create(id, "auditor", body);
        return id;
    }

    public void create(String id, String requester, String body) {
        var accepted = bean(ExportRequests.class)
                .accept(id, requester, RequestReader.read(JSON.readTree(body.replace('\'', '"'))));
        jobs().create(accepted);
    }

    /** Returns the partition that the message went to. */
    public int ring(String id) {
        return publish(id, "{\"jobId\":\"" + id + "\"}");
    }

    @SuppressWarnings("unchecked")
    int publish(String key, String message) {
        var template = (KafkaTemplate<String, byte[]>) access.getBean("eventTemplate");
        return template.send(new ProducerRecord<>(
                        "baler.export.requested", key, message.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .join()
                .getRecordMetadata()
                .partition();
    }

    public ExportJob awaitEnd(String id) {
        return await().atMost(Duration.ofSeconds(120))
                .until(
                        () -> jobs().find(id).orElse(null),
                        job -> job != null && job.status().isFinished());
    }

    public ExportJob export(String body) {
        return awaitEnd(request(body));
    }

    /** What a person gets who downloads the archive. */
    public Archive archiveOf(ExportJob job) {
        var attachment = Objects.requireNonNull(job.attachment());
        var link = bucket().presign(
                        attachment.key(), attachment.fileName(), job.format().mediaType(), A_MINUTE);
        try (var download = link.toURL().openStream()) {
            var bytes = download.readAllBytes();
            return job.format().holdsManifest() ? new Archive(bytes) : new Archive(bytes, manifestOf(job));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The manifest as the api serves it. */
    byte[] manifestOf(ExportJob job) {
        var manifest = Objects.requireNonNull(job.manifest());
        var key = ArchiveKeys.manifestKeyOf(
                job.format(), Objects.requireNonNull(job.attachment()).key());
        try (var bytes = bucket().read(key, manifest.offset(), manifest.bytes()).orElseThrow()) {
            return bytes.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        workers.forEach(ConfigurableApplicationContext::close);
        access.close();
        mongo.close();
        stack.close();
    }
}
