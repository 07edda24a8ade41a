package io.baler.standalone.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The records of a downloaded archive in its order, read with the JDK's reader, which checks the CRCs. */
final class ZipRecords {
    static final JsonMapper JSON = JsonMapper.shared();

    private ZipRecords() {}

    static List<JsonNode> in(Path archive) {
        var records = new ArrayList<JsonNode>();
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                if (!entry.getName().contains("/")) {
                    try (var file = zip.getInputStream(entry)) {
                        JSON.readTree(file.readAllBytes()).forEach(records::add);
                    }
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return records;
    }
}
