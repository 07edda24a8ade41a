package io.baler.worker.format;

import io.baler.job.ArchiveFormat;
import io.baler.job.Engine;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to make an archive: how its records are laid out, how its files are compressed, how they follow each other.
 *
 * @param containers makes the container of one archive
 */
public record Format(RecordLayout layout, Compression compression, Containers containers) {

    private static final int HIGHEST_DEFLATE_LEVEL = 9;

    /** Makes the container of an archive. */
    @FunctionalInterface
    public interface Containers {

        /**
         * @param out where the archive goes, from its first byte on
         * @param asOf its UTC date is the date of all entries
         */
        Container on(OutputStream out, Instant asOf);
    }

    /** @throws IllegalArgumentException if the engine cannot make this format; the message says why */
    public static Format of(ArchiveFormat format, Engine engine) {
        var library = DeflateLibrary.recordedAs(engine.compressor()).orElse(DeflateLibrary.JDK);
        return of(format, library, engine.level(), engine.columns());
    }

    private static Format of(ArchiveFormat format, DeflateLibrary library, int level, @Nullable List<String> columns) {
        requireLevel(format, level);
        return switch (format) {
            case JSON -> new Format(new JsonArrays(), library.at(level), containers(format));
            case NDJSON -> new Format(new JsonLines(), library.at(level), containers(format));
            case CSV -> new Format(new CsvRows(required(columns)), library.at(level), containers(format));
            case NDJSON_GZ -> new Format(new JsonLines(), new GzipMember(library.at(level)), containers(format));
            case NDJSON_ZST -> new Format(new JsonLines(), new ZstdFrame(level), containers(format));
        };
    }

    private static List<String> required(@Nullable List<String> columns) {
        if (columns == null) {
            throw new IllegalArgumentException(ArchiveFormat.CSV + " is made with columns, and there are none");
        }
        return columns;
    }

    /** How the files of such an archive follow each other, whatever made and compressed them. */
    public static Containers containers(ArchiveFormat format) {
        return switch (format) {
            case JSON, NDJSON, CSV -> ZipContainer::new;
            case NDJSON_GZ -> (out, asOf) -> new Concatenation(out, GzipMember.EMPTY);
            case NDJSON_ZST -> (out, asOf) -> new Concatenation(out, ZstdFrame.EMPTY);
        };
    }

    /**
     * Where files and parts end.
     *
     * @param logsPerFile records
     * @param maxFileBytes uncompressed bytes
     * @param partBytes of the first parts
     */
    public record Limits(int logsPerFile, int maxFileBytes, int partBytes) {}

    /**
     * What a job records of how it is made, so that it is gone on with in the same way.
     *
     * @param library deflates where the format is deflated
     * @param columns of CSV files; none for other formats
     */
    public static Engine engine(
            ArchiveFormat name, DeflateLibrary library, int level, @Nullable List<String> columns, Limits limits) {
        var format = of(name, library, level, columns);
        return new Engine(
                format.layout.encoder(),
                format.compression.name(),
                level,
                limits.logsPerFile(),
                limits.maxFileBytes(),
                limits.partBytes(),
                columns);
    }

    /** Chosen by measurement; see docs/RATIONALE.md. */
    public static int defaultLevel(ArchiveFormat format, DeflateLibrary library) {
        return switch (format) {
            case JSON, NDJSON, CSV, NDJSON_GZ -> library.defaultLevel();
            case NDJSON_ZST -> 1;
        };
    }

    /** The highest level there is; the lowest is 1. */
    public static int highestLevel(ArchiveFormat format) {
        return switch (format) {
            case JSON, NDJSON, CSV, NDJSON_GZ -> HIGHEST_DEFLATE_LEVEL;
            case NDJSON_ZST -> ZstdFrame.HIGHEST_LEVEL;
        };
    }

    private static void requireLevel(ArchiveFormat format, int level) {
        if (level < 1 || level > highestLevel(format)) {
            throw new IllegalArgumentException(
                    format + " is compressed at levels 1 to " + highestLevel(format) + ", not " + level);
        }
    }
}
