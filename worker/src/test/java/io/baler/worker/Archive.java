package io.baler.worker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A downloaded archive, read as the JDK reads it; its CRCs hold if it can be read. */
final class Archive {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final byte[] bytes;
    private final Map<String, String> files = new LinkedHashMap<>();

    Archive(byte[] bytes) {
        this.bytes = bytes;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Names of the data files, in order. */
    List<String> names() {
        return files.keySet().stream().filter(name -> !name.contains("/")).toList();
    }

    JsonNode file(String name) {
        return JSON.readTree(files.get(name));
    }

    /** Every record of every data file, in the archive's order. */
    List<JsonNode> records() {
        var records = new ArrayList<JsonNode>();
        names().forEach(name -> file(name).forEach(records::add));
        return records;
    }

    List<String> ids() {
        return records().stream().map(record -> record.get("_id").asString()).toList();
    }

    JsonNode manifest() {
        return JSON.readTree(files.get("_manifest/manifest.json"));
    }
}
