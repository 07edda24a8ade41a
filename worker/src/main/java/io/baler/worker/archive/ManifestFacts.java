package io.baler.worker.archive;

import io.baler.job.ArchiveFormat;
import io.baler.job.ChainLink;
import io.baler.job.evidence.Manifest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the manifest says of the export and the archive itself does not know. Nothing here may change while the export
 * lives.
 *
 * @param requestedBy who asked for it
 * @param filters as they are to stand in the manifest
 * @param source where the records are from
 * @param format of the archive
 * @param link the manifest's place in its chain
 * @param expectedCount records that matched when the result set was fixed; none if it was not counted
 */
public record ManifestFacts(
        String requestedBy,
        JsonNode filters,
        Manifest.Source source,
        ArchiveFormat format,
        ChainLink link,
        @Nullable Long expectedCount) {}
