package io.baler.api.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baler.job.request.UnknownNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an export would hold.
 *
 * @param count of records; at least so many if it is not exact
 * @param estimatedBytes of the archive of so many; none if there was no time to look at any
 * @param unknown names that nobody knows: there would be no export
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Preview(long count, boolean exact, @Nullable Long estimatedBytes, UnknownNames unknown) {

    static Preview ofNothing(UnknownNames unknown) {
        return new Preview(0, true, 0L, unknown);
    }

    static Preview of(BoundedCount count, @Nullable Long estimatedBytes) {
        return new Preview(count.count(), count.exact(), estimatedBytes, new UnknownNames(List.of(), List.of()));
    }
}
