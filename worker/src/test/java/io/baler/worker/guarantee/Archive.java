package io.baler.worker.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import de.siegmar.fastcsv.reader.CsvReader;
import io.baler.job.evidence.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A downloaded archive. Of a ZIP two readers have opened it and found the same files, whose CRCs hold; a stream has been
 * read to its end. Otherwise it is none.
 */
public final class Archive {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final byte[] bytes;
    private final Map<String, String> files = new LinkedHashMap<>();

    /** @throws AssertionError if it is not whole and readable */
    public Archive(byte[] bytes) {
        this.bytes = bytes;
        try {
            if (bytes[0] != 'P') {
                files.put("stream.ndjson", decompressed());
                return;
            }
            readAsStream();
            assertThat(byDirectory()).as("files by the central directory").isEqualTo(files);
        } catch (IOException broken) {
            throw new AssertionError("the archive cannot be read", broken);
        }
    }

    /** One that cannot hold its manifest, with the object beside it that does. */
    public Archive(byte[] bytes, byte[] manifest) {
        this(bytes);
        files.put(Manifest.NAME, new String(manifest, StandardCharsets.UTF_8));
    }

    private String decompressed() throws IOException {
        var compressed = new ByteArrayInputStream(bytes);
        try (var in = bytes[0] == 0x1f ? new GZIPInputStream(compressed) : new ZstdInputStream(compressed)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The JDK's reader goes from entry to entry and never looks at the central directory. */
    private void readAsStream() throws IOException {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /** The other one begins with the central directory. */
    private Map<String, String> byDirectory() throws IOException {
        var found = new LinkedHashMap<String, String>();
        try (var zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                .get()) {
            for (var entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                var content = zip.getInputStream(entry).readAllBytes();
                var crc = new CRC32();
                crc.update(content);
                assertThat(crc.getValue()).as("CRC of %s", entry.getName()).isEqualTo(entry.getCrc());
                found.put(entry.getName(), new String(content, StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    public byte[] bytes() {
        return bytes;
    }

    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Names of the data files, in order. */
    public List<String> names() {
        return files.keySet().stream().filter(name -> !name.contains("/")).toList();
    }

    public JsonNode file(String name) {
        return JSON.readTree(files.get(name));
    }

    /** Every record of every data file, in the archive's order; of CSV files the cells by their columns. */
    public List<JsonNode> records() {
        var records = new ArrayList<JsonNode>();
        for (var name : names()) {
            if (name.endsWith(".json")) {
                file(name).forEach(records::add);
            } else if (name.endsWith(".csv")) {
                CsvReader.builder().ofNamedCsvRecord(files.get(name)).stream()
                        .map(row -> JSON.<JsonNode>valueToTree(row.getFieldsAsMap()))
                        .forEach(records::add);
            } else {
                files.get(name).lines().map(JSON::readTree).forEach(records::add);
            }
        }
        return records;
    }

    public List<String> ids() {
        return records().stream().map(record -> record.get("_id").asString()).toList();
    }

    public JsonNode manifest() {
        return JSON.readTree(files.get(Manifest.NAME));
    }
}
