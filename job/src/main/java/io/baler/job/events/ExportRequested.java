package io.baler.job.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baler.job.ArchiveFormat;
import io.baler.job.ExportJob;
import io.baler.job.LogFilters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody wants an export. Complete, so that any producer can publish one without the api. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportRequested(
        String jobId,
        String requestedBy,
        LogFilters filters,
        ArchiveFormat format,
        @Nullable Instant asOf) {

    public static ExportRequested of(ExportJob job) {
        return new ExportRequested(job.id(), job.requestedBy(), job.filters(), job.format(), job.asOfRequested());
    }
}
