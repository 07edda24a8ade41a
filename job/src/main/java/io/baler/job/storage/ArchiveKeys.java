package io.baler.job.storage;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import io.baler.job.ArchiveFormat;
import io.baler.job.ExportJob;
import io.baler.job.evidence.Manifest;
import io.baler.job.request.JobIds;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * The keys of archives. Each installation has an id of its own in them, so that installations that share a bucket
 * never sweep each other.
 */
public final class ArchiveKeys {
    private static final String COLLECTION = "balerDeployment";

    private final String root;
    private final Pattern form;

    private ArchiveKeys(String root) {
        this.root = root;
        this.form = Pattern.compile("(?<archive>" + Pattern.quote(root)
                + "(?<job>[^/]+)/[0-9]{1,10}/audit-logs-[0-9a-f]{64}\\.(?:" + suffixes() + "))"
                + "(?:" + Pattern.quote(Manifest.SUFFIX) + "|" + Pattern.quote(Manifest.SIGNATURE_SUFFIX)
                + ")?");
    }

    private static String suffixes() {
        return Arrays.stream(ArchiveFormat.values())
                .map(format -> Pattern.quote(format.suffix()))
                .distinct()
                .collect(Collectors.joining("|"));
    }

    /** The id is generated once and kept in MongoDB. */
    public static ArchiveKeys of(S3Settings settings, MongoOperations mongo) {
        var fresh = new Document("$setOnInsert", new Document("deploymentId", new ObjectId().toHexString()));
        var options = new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);
        var kept =
                mongo.execute(COLLECTION, it -> it.findOneAndUpdate(new Document("_id", "deployment"), fresh, options));
        var id = Objects.requireNonNull(kept).getString("deploymentId");
        return new ArchiveKeys(settings.prefix() + id + "/audit-log-bulk-export/");
    }

    /** A new key for each generation: what a late worker of an older one writes is never taken for this one's. */
    public String keyOf(ExportJob job) {
        return root + job.id() + "/" + job.gen() + "/" + fileNameOf(job);
    }

    public String fileNameOf(ExportJob job) {
        return "audit-logs-" + job.filterHash() + "." + job.format().suffix();
    }

    /** Where the manifest is: in the archive, or in an object of its own beside one that cannot hold it. */
    public static String manifestKeyOf(ArchiveFormat format, String archiveKey) {
        return format.holdsManifest() ? archiveKey : archiveKey + Manifest.SUFFIX;
    }

    /** All objects that an archive may consist of: itself, and where it cannot hold its manifest, that and its signature. */
    public static List<String> objectsOf(String archiveKey) {
        // by the key alone: what is garbage, or refers to it, knows no more
        var isWhole = Arrays.stream(ArchiveFormat.values())
                .anyMatch(format -> format.holdsManifest() && archiveKey.endsWith("." + format.suffix()));
        return isWhole
                ? List.of(archiveKey)
                : List.of(archiveKey, archiveKey + Manifest.SUFFIX, archiveKey + Manifest.SIGNATURE_SUFFIX);
    }

    /** The archive that an object of ours is, or lies beside. */
    public String archiveOf(String key) {
        var parts = form.matcher(key);
        return parts.matches() ? parts.group("archive") : key;
    }

    /**
     * Whether the key is that of an object which an archive of this installation may consist of, as {@link #keyOf} and
     * {@link #objectsOf} make them. Whatever else lies in the bucket, be it under {@link #root}, is somebody else's.
     */
    public boolean isOurs(String key) {
        var parts = form.matcher(key);
        return parts.matches()
                && JobIds.isValid(parts.group("job"))
                && objectsOf(parts.group("archive")).contains(key);
    }

    /** What all keys of this installation begin with. */
    public String root() {
        return root;
    }
}
