package io.baler.worker;

import io.baler.job.JobConfiguration;
import io.baler.job.RetentionSettings;
import io.baler.job.start.ServiceDefaults;
import io.baler.worker.dispatch.DispatchConfiguration;
import io.baler.worker.engine.ArchiveSettings;
import io.baler.worker.engine.EngineConfiguration;
import io.baler.worker.engine.MemorySettings;
import io.baler.worker.engine.WorkerSettings;
import io.baler.worker.signing.SigningConfiguration;
import io.baler.worker.signing.SigningSettings;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The worker as a service: run as many as there is work for. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({WorkerSettings.class, ArchiveSettings.class})
@Import({JobConfiguration.class, SigningConfiguration.class, EngineConfiguration.class, DispatchConfiguration.class})
public class WorkerApplication {
    /** In logs and traces. */
    public static final String NAME = "baler-worker";

    private static final int MANAGEMENT_PORT = 8082;

    /**
     * Before the first bean, and so before the first server is looked for.
     *
     * @param signing need not be compared with others, only be bound and so checked as early
     */
    WorkerApplication(
            WorkerSettings worker,
            MemorySettings memory,
            ArchiveSettings archive,
            RetentionSettings retention,
            SigningSettings signing) {
        memory.requireRoomFor(archive);
        retention.requireTimeFor(
                "baler.worker.lease",
                worker.lease(),
                "an export whose worker died waits that long for another one, and would expire meanwhile");
    }

    public static void main(String[] args) {
        ServiceDefaults.runUncalled(WorkerApplication.class, NAME, MANAGEMENT_PORT, args);
    }
}
