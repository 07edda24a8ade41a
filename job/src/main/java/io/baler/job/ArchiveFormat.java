package io.baler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an archive can be: the names that requests use, and what everybody who handles its object must know of it. How
 * each is made is the worker's matter, in the package {@code format} there.
 */
public enum ArchiveFormat {
    /** A ZIP of JSON arrays, one record a line. */
    JSON("json", "zip", "application/zip", true),
    /** A ZIP of files with one JSON record a line. */
    NDJSON("ndjson", "zip", "application/zip", true),
    /** A ZIP of CSV files for spreadsheets. */
    CSV("csv", "zip", "application/zip", true),
    /** One gzip file of concatenated members, one JSON record a line. */
    NDJSON_GZ("ndjson.gz", "ndjson.gz", "application/gzip", false),
    /** One zstd file of concatenated frames, one JSON record a line. */
    NDJSON_ZST("ndjson.zst", "ndjson.zst", "application/zstd", false);

    private final String value;
    private final String suffix;
    private final String mediaType;
    private final boolean holdsManifest;

    ArchiveFormat(String value, String suffix, String mediaType, boolean holdsManifest) {
        this.value = value;
        this.suffix = suffix;
        this.mediaType = mediaType;
        this.holdsManifest = holdsManifest;
    }

    /** The name in requests, jobs and manifests. */
    @JsonValue
    public String value() {
        return value;
    }

    /** What the archive's file name ends with, behind a dot. */
    public String suffix() {
        return suffix;
    }

    /** Of the archive as a whole; see IANA's registry of media types. */
    public String mediaType() {
        return mediaType;
    }

    /** Whether the manifest is in the archive; otherwise it is an object beside it. */
    public boolean holdsManifest() {
        return holdsManifest;
    }

    /** None if there is no such format. */
    public static Optional<ArchiveFormat> named(String value) {
        return Arrays.stream(values())
                .filter(format -> format.value.equals(value))
                .findFirst();
    }

    /** All names, for people. */
    public static String names() {
        return Arrays.stream(values()).map(ArchiveFormat::value).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return value;
    }
}
