package io.baler.job.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baler.job.ArchiveFormat;
import io.baler.job.IdRun;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An export's table of contents: what was asked for, what was expected, and what each file holds. It depends on the job
 * and its records alone, never on who made the archive, when, or in how many attempts.
 *
 * @param schemaVersion of this document
 * @param jobId the export
 * @param requestedBy who asked for it
 * @param filters as asked for
 * @param source where the records are from
 * @param asOf no later record belongs
 * @param format of the archive
 * @param engine what made its bytes
 * @param chain where this manifest stands behind the requester's earlier ones of the same filters
 * @param signingKey id of the key that signs this, see {@link VerificationKey#id()}
 * @param publicKey the same key: SubjectPublicKeyInfo in base64. Whether it is the right one only its owner can tell
 * @param expectedCount records that matched when the result set was fixed; null if it was not counted
 * @param exportedCount records in the archive
 * @param missingCount those that vanished from the source meanwhile; null if they were not counted
 * @param invalidRecords records that are not written as others are, since JSON cannot say them; their files name them
 * @param data the archive's bytes in front of this manifest, or all of them where it is not in the archive
 * @param files in the archive's order
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Manifest(
        int schemaVersion,
        String jobId,
        String requestedBy,
        JsonNode filters,
        Source source,
        Instant asOf,
        ArchiveFormat format,
        @Nullable EngineFacts engine,
        Chain chain,
        String signingKey,
        String publicKey,
        @Nullable Long expectedCount,
        long exportedCount,
        @Nullable Long missingCount,
        long invalidRecords,
        Bytes data,
        List<FileEntry> files) {

    public static final int SCHEMA_VERSION = 1;

    /** Where a ZIP holds it; in a directory of its own, so that {@code *.json} at the root is data only. */
    public static final String NAME = "_manifest/manifest.json";

    /** Where a ZIP holds the signature: the 64 bytes of RFC 8032 and nothing else. */
    public static final String SIGNATURE_NAME = "_manifest/manifest.sig";

    /** What follows an archive's name where the manifest is a file of its own. */
    public static final String SUFFIX = ".manifest.json";

    /** The same for the signature. */
    public static final String SIGNATURE_SUFFIX = ".manifest.sig";

    // a line feed on every system, where Jackson's default is the system's own
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(INDENT)
            .withArrayIndenter(INDENT);
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(Long.MAX_VALUE)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            // an _id that is a double must be read as the digits that it is written with
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    // INVARIANT: what may not be null never is, whatever document it is read from
    public Manifest {
        Objects.requireNonNull(jobId);
        Objects.requireNonNull(requestedBy);
        Objects.requireNonNull(filters);
        Objects.requireNonNull(source);
        Objects.requireNonNull(asOf);
        Objects.requireNonNull(format);
        Objects.requireNonNull(chain);
        Objects.requireNonNull(signingKey);
        Objects.requireNonNull(publicKey);
        Objects.requireNonNull(data);
        files = List.copyOf(files);
    }

    /**
     * What the filters were applied to.
     *
     * @param userField dotted path of the user
     * @param actionField dotted path of the action
     * @param timeField dotted path of the time
     * @param users values of the user field that match: names as they were resolved when the export was accepted; absent
     *     where no user is filtered by
     */
    public record Source(
            String database,
            String collection,
            String userField,
            String actionField,
            String timeField,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<JsonNode> users) {
        public Source {
            Objects.requireNonNull(database);
            Objects.requireNonNull(collection);
            users = users == null ? null : List.copyOf(users);
        }
    }

    /** @param columns of CSV files; absent otherwise */
    public record EngineFacts(
            String encoder,
            String compressor,
            int level,
            int logsPerFile,
            int maxFileBytes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<String> columns) {
        public EngineFacts {
            Objects.requireNonNull(encoder);
            Objects.requireNonNull(compressor);
        }
    }

    /**
     * @param position from 1
     * @param previousSha256 SHA-256 of the manifest before it; null for the first
     * @param previousJob whose manifest that is; null for the first
     */
    public record Chain(
            int position,
            @Nullable String previousSha256,
            @Nullable String previousJob) {}

    /** So many bytes, and their SHA-256 in lower-case hex. */
    public record Bytes(long bytes, String sha256) {
        public Bytes {
            Objects.requireNonNull(sha256);
        }
    }

    /**
     * @param count all of the file's
     * @param ids {@code _id}s of the first {@value io.baler.job.InvalidRecords#NAMED} of them, as records show them
     */
    public record Invalid(long count, List<JsonNode> ids) {
        public Invalid {
            ids = List.copyOf(ids);
        }
    }

    /**
     * @param name of the entry; a stream's members have one each, too
     * @param count records
     * @param bytes uncompressed
     * @param compressedBytes compressed data, a ZIP's header not included
     * @param sha256 of the uncompressed bytes
     * @param firstId {@code _id} of the first record, as the record shows it
     * @param lastId {@code _id} of the last record
     * @param ids the kinds of the records' {@code _id}s, in order
     * @param invalidRecords records that are not written as others are; absent if there is none
     */
    public record FileEntry(
            String name,
            int count,
            long bytes,
            long compressedBytes,
            String sha256,
            JsonNode firstId,
            JsonNode lastId,
            List<IdRun> ids,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Invalid invalidRecords) {
        public FileEntry {
            Objects.requireNonNull(name);
            Objects.requireNonNull(sha256);
            Objects.requireNonNull(firstId);
            Objects.requireNonNull(lastId);
            ids = List.copyOf(ids);
        }
    }

    /** The document; the same manifest always gives the same bytes. */
    public byte[] toBytes() {
        var json = JSON.writer().with(PRETTY).writeValueAsBytes(this);
        var line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /**
     * Reads the document. Members that it does not know are passed over, so that later versions can be read.
     *
     * @throws IllegalArgumentException if it is no manifest; the message says why, for people
     */
    public static Manifest parse(byte[] document) {
        try {
            // first, since of another version's form nothing else is known
            var version = versionOf(document);
            if (version != SCHEMA_VERSION) {
                throw new IllegalArgumentException(
                        "its schemaVersion is " + version + ", this Baler knows " + SCHEMA_VERSION);
            }
            return JSON.readValue(document, Manifest.class);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException("it is not the JSON of a manifest", unreadable);
        }
    }

    /** Without reading on behind it: it is the first member of all that was ever written. */
    private static int versionOf(byte[] document) {
        try (var json = JSON.createParser(document)) {
            json.nextToken();
            for (var member = json.nextName(); member != null; member = json.nextName()) {
                json.nextToken();
                if (member.equals("schemaVersion")) {
                    return json.getIntValue();
                }
                json.skipChildren();
            }
            throw new StreamReadException(json, "it has no schemaVersion");
        }
    }
}
