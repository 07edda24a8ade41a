package io.baler.worker.archive;

import io.baler.job.ArchiveFormat;
import io.baler.job.ChainLink;
import io.baler.job.ExportJob;
import io.baler.job.Selection;
import io.baler.job.evidence.Manifest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
        @Nullable Long expectedCount) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static ManifestFacts of(ExportJob job) {
        return new ManifestFacts(
                job.requestedBy(),
                JSON.valueToTree(job.filters()),
                source(job.selection()),
                job.format(),
                Objects.requireNonNull(job.link()),
                job.expectedCount());
    }

    private static Manifest.Source source(Selection selection) {
        var users = selection.users();
        return new Manifest.Source(
                selection.database(),
                selection.collection(),
                selection.userField(),
                selection.actionField(),
                selection.timeField(),
                users == null ? null : users.stream().map(ManifestDraft::json).toList());
    }
}
