package io.baler.worker.engine;

import io.baler.job.ArchiveFormat;
import io.baler.worker.format.CsvColumns;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.format.Format;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How new archives are made. An export keeps to what was set when it began.
 *
 * @param logsPerFile records after which a file closes
 * @param deflater which library deflates: {@code jdk}, {@code libdeflate}, or {@code auto} for libdeflate where the system
 *     has it
 * @param compressionLevel of every format whose own is not set; none = each format's default
 * @param compressionLevels by format, whose name may be written with or without its dot: 1 (fast) to 9 (small), to 19
 *     for {@code ndjson.zst}
 * @param partSize bytes after which a part of the upload ends and is a checkpoint; S3 takes none below 5 MiB. It doubles
 *     behind parts 2,000, 4,000 and 6,000, and decides how large an archive can become: 359 GiB at 8 MiB
 * @param csvColumns dotted names of the fields that CSV files show; empty = those that the first file's records have
 */
@ConfigurationProperties("baler.archive")
public record ArchiveSettings(
        @DefaultValue("10000") int logsPerFile,
        @DefaultValue("auto") String deflater,
        @Nullable Integer compressionLevel,
        @DefaultValue Map<String, Integer> compressionLevels,
        @DefaultValue("8MB") DataSize partSize,
        @DefaultValue List<String> csvColumns) {
    private static final DataSize SMALLEST_PART = DataSize.ofMegabytes(5);
    private static final DataSize LARGEST_PART = DataSize.ofMegabytes(64);

    private static final String AUTO = "auto";

    /** Keeps memory bounded whatever the records' size. */
    static final int MAX_FILE_BYTES = 16 << 20;

    public ArchiveSettings {
        require(logsPerFile >= 1, "baler.archive.logs-per-file: must be at least 1, got " + logsPerFile);
        require(
                compressionLevel == null || (compressionLevel >= 1 && compressionLevel <= 9),
                "baler.archive.compression-level: must be 1 to 9, got " + compressionLevel);
        require(
                partSize.compareTo(SMALLEST_PART) >= 0 && partSize.compareTo(LARGEST_PART) <= 0,
                "baler.archive.part-size: must be 5MB to 64MB, got " + partSize);
        requireDeflater(deflater);
        compressionLevels = byPlainName(compressionLevels);
        requireColumns(csvColumns);
        csvColumns = List.copyOf(csvColumns);
    }

    private static Map<String, Integer> byPlainName(Map<String, Integer> levels) {
        Map<String, Integer> byPlainName = new HashMap<>();
        levels.forEach((name, level) -> {
            var setting = "baler.archive.compression-levels." + name + ": ";
            int highest = Format.highestLevel(formatOf(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            setting + "is no format; there are " + ArchiveFormat.names())));
            require(level >= 1 && level <= highest, setting + "must be 1 to " + highest + ", got " + level);
            require(byPlainName.put(plain(name), level) == null, setting + "is set twice, by two spellings");
        });
        return Map.copyOf(byPlainName);
    }

    private static Optional<ArchiveFormat> formatOf(String name) {
        return Arrays.stream(ArchiveFormat.values())
                .filter(format -> plain(format.value()).equals(plain(name)))
                .findFirst();
    }

    /** An environment variable can hold neither a dot nor a hyphen. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static void requireDeflater(String name) {
        var setting = "baler.archive.deflater: ";
        if (!name.equals(AUTO)) {
            var library = DeflateLibrary.recordedAs(name)
                    .orElseThrow(() ->
                            new IllegalArgumentException(setting + "must be auto, jdk or libdeflate, got " + name));
            require(library.isHere(), setting + "this system has no " + name + "; install it, or choose auto or jdk");
        }
    }

    private DeflateLibrary library() {
        return DeflateLibrary.recordedAs(deflater).orElseGet(DeflateLibrary::fastest);
    }

    private static void requireColumns(List<String> names) {
        try {
            CsvColumns.chosen(names);
        } catch (IllegalArgumentException wrong) {
            // without its cause: Spring Boot shows the last one alone, which does not know the name
            throw new IllegalArgumentException("baler.archive.csv-columns: " + wrong.getMessage());
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private int level(ArchiveFormat format) {
        var own = compressionLevels.get(plain(format.value()));
        if (own != null) {
            return own;
        }
        return compressionLevel == null ? Format.defaultLevel(format, library()) : compressionLevel;
    }

    Engines engines() {
        var limits = new Format.Limits(logsPerFile, MAX_FILE_BYTES, (int) partSize.toBytes());
        return new Engines(library(), this::level, limits, csvColumns);
    }
}
