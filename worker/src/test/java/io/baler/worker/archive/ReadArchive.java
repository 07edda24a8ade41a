package io.baler.worker.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.baler.job.ArchiveFormat;
import io.baler.job.evidence.Manifest;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.JsonEncoder;
import io.baler.worker.format.CsvColumns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.bson.RawBsonDocument;

/** What libraries that did not write an archive find in it. */
final class ReadArchive {

    private ReadArchive() {}

    /** The text of each file by its name; a stream is one file of no name. */
    static Map<String, String> files(ArchiveFormat format, byte[] archive) throws IOException {
        var bytes = new ByteArrayInputStream(archive);
        return switch (format) {
            case JSON, NDJSON, CSV -> entries(bytes);
            case NDJSON_GZ -> Map.of("", text(new GZIPInputStream(bytes)));
            case NDJSON_ZST -> Map.of("", text(new ZstdInputStream(bytes)));
        };
    }

    private static String text(InputStream in) throws IOException {
        try (in) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static Map<String, String> entries(InputStream zip) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (var in = new ZipInputStream(zip)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
            }
        }
        assertThat(files.remove(Manifest.NAME)).isNotNull();
        assertThat(files.remove(Manifest.SIGNATURE_NAME)).isNotNull();
        return files;
    }

    /** Every record's JSON, in order; that of CSV put together again of its cells. */
    static List<String> records(ArchiveFormat format, byte[] archive) throws IOException {
        return files(format, archive).values().stream()
                .flatMap(text -> records(format, text))
                .toList();
    }

    static Stream<String> records(ArchiveFormat format, String file) {
        return switch (format) {
            case JSON ->
                file.lines()
                        .filter(line -> line.startsWith("{"))
                        .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line);
            case NDJSON, NDJSON_GZ, NDJSON_ZST -> file.lines();
            case CSV -> CsvReader.builder().ofNamedCsvRecord(file).stream().map(ReadArchive::json);
        };
    }

    private static String json(NamedCsvRecord row) {
        assertThat(row.getHeader()).isEqualTo(TestArchives.COLUMNS);
        return "{\"_id\":\"" + row.getField("_id") + "\",\"action\":\"" + row.getField("action") + "\","
                + row.getField(CsvColumns.OTHER).substring(1);
    }

    /** What the encoder makes of each. */
    static List<String> encoded(List<RawBsonDocument> records) {
        var out = new GrowableBytes(0);
        return records.stream()
                .map(record -> {
                    out.clear();
                    JsonEncoder.encode(record, out);
                    return new String(out.array(), 0, out.length(), UTF_8);
                })
                .toList();
    }
}
