package io.baler.job.audit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Baler's own audit records go.
 *
 * @param collection in the jobs' database; not the logs' own by default, so that exports do not change what they export
 */
@ConfigurationProperties("baler.audit")
public record AuditSettings(@DefaultValue("exportAudits") String collection) {
    public AuditSettings {
        if (collection.isBlank()) {
            throw new IllegalArgumentException("baler.audit.collection: must not be empty");
        }
    }
}
