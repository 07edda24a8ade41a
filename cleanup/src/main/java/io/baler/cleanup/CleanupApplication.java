package io.baler.cleanup;

import io.baler.job.JobConfiguration;
import io.baler.job.JobQueries;
import io.baler.job.JobStore;
import io.baler.job.RetentionSettings;
import io.baler.job.events.ExportEvents;
import io.baler.job.events.Topics;
import io.baler.job.start.ServiceDefaults;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.BucketContents;
import io.baler.job.storage.ExportBucket;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaAdmin;

/** The cleanup as a service: one is enough, several do no harm. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(CleanupSettings.class)
@Import(JobConfiguration.class)
public class CleanupApplication {
    /** In logs and traces. */
    public static final String NAME = "baler-cleanup";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * The cleanup does not know how long the workers' leases are, and need not: this is longer than two of up to five
     * minutes, and than any try of a call to S3. What comes later still is an orphan.
     */
    private static final Duration LONGER_THAN_TWO_LEASES = Duration.ofMinutes(10);

    private static final int MANAGEMENT_PORT = 8083;

    public static void main(String[] args) {
        ServiceDefaults.runUncalled(CleanupApplication.class, NAME, MANAGEMENT_PORT, args);
    }

    @Bean
    SweepMetrics sweepMetrics(ObjectProvider<MeterRegistry> registries, Clock clock) {
        return new SweepMetrics(registries.getIfAvailable(() -> Metrics.globalRegistry), clock);
    }

    @Bean
    DeadLetterCount deadLetterCount(KafkaAdmin kafka, Topics topics) {
        return new DeadLetterCount(kafka.getConfigurationProperties(), topics);
    }

    @Bean
    JobGauges jobGauges(JobQueries jobs, DeadLetterCount deadLetters, Clock clock) {
        return new JobGauges(jobs, deadLetters, clock);
    }

    @Bean
    Rounds rounds(List<Sweep> sweeps, CleanupSettings settings, SweepMetrics metrics) {
        return new Rounds(sweeps, settings, metrics);
    }

    @Bean
    OverdueJobs overdueJobs(JobQueries found, JobStore jobs, ExportEvents events, RetentionSettings retention) {
        return new OverdueJobs(found, jobs, events, retention);
    }

    @Bean
    ExpiredDownloads expiredDownloads(
            JobQueries found,
            JobStore jobs,
            ExportBucket bucket,
            RetentionSettings retention,
            CleanupSettings settings,
            Clock clock) {
        var period = retention.downloadExpiration().plus(settings.downloadGrace());
        return new ExpiredDownloads(found, jobs, bucket, period, clock);
    }

    @Bean
    OldFailures oldFailures(JobQueries found, JobStore jobs, RetentionSettings retention, Clock clock) {
        return new OldFailures(found, jobs, retention, clock);
    }

    @Bean
    GarbageBytes garbageBytes(JobQueries found, JobStore jobs, ExportBucket bucket, BucketContents contents) {
        return new GarbageBytes(found, jobs, bucket, contents, LONGER_THAN_TWO_LEASES);
    }

    @Bean
    Orphans orphans(JobQueries found, ExportBucket bucket, BucketContents contents, ArchiveKeys keys, Clock clock) {
        return new Orphans(found, bucket, contents, keys, clock);
    }

    @Bean
    PartLists partLists(JobQueries found, JobStore jobs) {
        return new PartLists(found, jobs, LONGER_THAN_TWO_LEASES);
    }

    @Bean
    UnannouncedEnds unannouncedEnds(JobQueries found, ExportEvents events) {
        return new UnannouncedEnds(found, events, PATIENCE);
    }
}
