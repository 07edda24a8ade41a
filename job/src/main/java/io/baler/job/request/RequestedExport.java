package io.baler.job.request;

import io.baler.job.ArchiveFormat;
import io.baler.job.LogFilters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that could be read; whether what it names exists is for {@link ExportRequests} to say.
 *
 * @param asOf no later record belongs; none = the time of the request
 */
public record RequestedExport(
        LogFilters filters, ArchiveFormat format, @Nullable Instant asOf) {}
