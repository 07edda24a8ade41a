package io.baler.job.audit;

import io.baler.job.ExportJob;
import io.baler.job.JobStatus;
import java.util.Locale;

/** What is audited, by the predecessor's names where it had one. */
public enum AuditAction {
    REQUESTED("AUDIT_LOG_BULK_EXPORT_REQUESTED"),
    RESTARTED("AUDIT_LOG_BULK_EXPORT_RESTARTED"),
    RESUMED("AUDIT_LOG_BULK_EXPORT_RESUMED"),
    CANCELLED("AUDIT_LOG_BULK_EXPORT_CANCELLED"),
    DELETED("AUDIT_LOG_BULK_EXPORT_DELETED"),
    DOWNLOADED("AUDIT_LOG_BULK_EXPORT_DOWNLOADED"),
    /** An administrator saw somebody else's; whatever he or she then did with it is audited besides. */
    SEEN_BY_ADMIN("AUDIT_LOG_BULK_EXPORT_SEEN_BY_ADMIN"),
    COMPLETED("AUDIT_LOG_BULK_EXPORT_COMPLETED"),
    NO_RESULTS("ACTION_AUDIT_LOG_BULK_EXPORT_NO_RESULTS"),
    FAILED("AUDIT_LOG_BULK_EXPORT_FAILED"),
    EXPIRED("AUDIT_LOG_BULK_EXPORT_JOB_EXPIRED");

    private final String action;

    AuditAction(String action) {
        this.action = action;
    }

    /** As it is stored. */
    public String value() {
        return action;
    }

    /** Whether somebody may do it with the job as it stands. */
    public boolean isPossibleFor(ExportJob job) {
        return switch (this) {
            case RESTARTED, CANCELLED -> job.status().isLive();
            case RESUMED -> job.status() == JobStatus.FAILED;
            case DELETED -> job.status().isFinished();
            case REQUESTED, DOWNLOADED, SEEN_BY_ADMIN, COMPLETED, NO_RESULTS, FAILED, EXPIRED -> false;
        };
    }

    /** In a sentence. */
    public String participle() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AuditAction ofEnd(ExportJob job) {
        return switch (job.status()) {
            case COMPLETED -> job.hasNoResults() ? NO_RESULTS : COMPLETED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            case EXPIRED -> EXPIRED;
            case QUEUED, EXPORTING, UPLOADING, DELETED ->
                throw new IllegalArgumentException("export " + job.id() + " has not ended");
        };
    }
}
