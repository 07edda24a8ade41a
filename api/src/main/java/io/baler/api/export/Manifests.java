package io.baler.api.export;

import io.baler.job.ExportJob;
import io.baler.job.SignedManifest;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Service;

/** Gives an export's manifest, wherever it lies, for as long as there is the archive that it belongs to. */
@Service
final class Manifests {
    private final Archives archives;
    private final ExportBucket bucket;

    Manifests(Archives archives, ExportBucket bucket) {
        this.archives = archives;
        this.bucket = bucket;
    }

    /** What the manifest is; ends the call with the reason if there is none. */
    SignedManifest of(ExportJob job) {
        if (!job.hasNoResults()) {
            archives.of(job);
        }
        return job.finalManifest().orElseThrow(ExportProblems::noManifest);
    }

    /** Its bytes as they arrive from the storage: of a large archive they are too many to be held. To be closed. */
    InputStream open(ExportJob job) {
        var manifest = of(job);
        var text = manifest.text();
        if (text != null) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
        var key = ArchiveKeys.manifestKeyOf(job.format(), archives.of(job).key());
        return bucket.read(key, manifest.offset(), manifest.bytes()).orElseThrow(ExportProblems::lost);
    }
}
