package io.baler.worker.archive;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the manifest says of the export and the archive itself does not know. Nothing here may change while the export
 * lives.
 *
 * @param requestedBy who asked for it
 * @param filters as they are to stand in the manifest
 * @param format of the archive
 * @param expectedCount records that matched when the result set was fixed; none if it was not counted
 */
public record ManifestFacts(
        String requestedBy,
        JsonNode filters,
        String format,
        @Nullable Long expectedCount) {}
