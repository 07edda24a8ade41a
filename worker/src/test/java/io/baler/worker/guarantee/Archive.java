package io.baler.worker.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A downloaded archive. Two readers have opened it and found the same files, whose CRCs hold, or it is none. */
public final class Archive {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final byte[] bytes;
    private final Map<String, String> files = new LinkedHashMap<>();

    /** @throws AssertionError if it is not a whole, readable ZIP */
    public Archive(byte[] bytes) {
        this.bytes = bytes;
        try {
            readAsStream();
            assertThat(byDirectory()).as("files by the central directory").isEqualTo(files);
        } catch (IOException broken) {
            throw new AssertionError("the archive cannot be read", broken);
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

    /** Every record of every data file, in the archive's order. */
    public List<JsonNode> records() {
        var records = new ArrayList<JsonNode>();
        names().forEach(name -> file(name).forEach(records::add));
        return records;
    }

    public List<String> ids() {
        return records().stream().map(record -> record.get("_id").asString()).toList();
    }

    public JsonNode manifest() {
        return JSON.readTree(files.get("_manifest/manifest.json"));
    }
}
