package io.baler.cleanup;

import io.baler.job.JobConfiguration;
import io.baler.job.JobStore;
import io.baler.job.RetentionSettings;
import io.baler.job.events.ExportEvents;
import io.baler.job.start.ServiceDefaults;
import io.baler.job.storage.ExportBucket;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The cleanup as a service: one is enough, several do no harm. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(CleanupSettings.class)
@Import(JobConfiguration.class)
public class CleanupApplication {

    public static void main(String[] args) {
        ServiceDefaults.run(CleanupApplication.class, args);
    }

    @Bean
    Rounds rounds(
            JobStore jobs,
            ExportBucket bucket,
            ExportEvents events,
            RetentionSettings retention,
            CleanupSettings settings) {
        var clock = Clock.systemUTC();
        return new Rounds(
                List.of(
                        new OverdueJobs(jobs, events, retention),
                        new ExpiredDownloads(jobs, bucket, retention, clock),
                        new OldFailures(jobs, retention, clock),
                        new GarbageBytes(jobs, bucket)),
                settings);
    }
}
