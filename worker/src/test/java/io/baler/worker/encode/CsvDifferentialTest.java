package io.baler.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import io.baler.job.ArchiveFormat;
import io.baler.worker.Effort;
import io.baler.worker.format.CsvColumns;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.format.Format;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cells of random documents' rows are what a simple walk through their JSON finds. */
class CsvDifferentialTest {

    private static final int DOCUMENTS = Effort.of(3_000, 100_000);
    private static final Format.Limits LIMITS = new Format.Limits(1, 1, 1);

    @Test
    void everyLeafIsInTheCellOfItsPathOrAmongTheOthers() {
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            var record = RandomDocuments.raw(new RandomDocuments(seed).next());
            // of another document, so that not everything has a column
            var columns = CsvColumns.of(List.of(RandomDocuments.raw(new RandomDocuments(seed / 2).next())));

            var row = row(record, columns);

            Map<String, JsonNode> leaves = new LinkedHashMap<>();
            flatten("", json(record), columns, leaves);
            int others = columns.indexOf(CsvColumns.OTHER);
            for (int i = 0; i < others; i++) {
                assertThat(holds(row.get(i), leaves.remove(columns.get(i))))
                        .as("column '%s' of seed %d", columns.get(i), seed)
                        .isTrue();
            }
            assertThat(JsonMapper.shared().readTree(row.get(others).isEmpty() ? "{}" : row.get(others)))
                    .as("seed %d", seed)
                    .isEqualTo(JsonMapper.shared().valueToTree(leaves));
        }
    }

    private static void flatten(String within, JsonNode object, List<String> columns, Map<String, JsonNode> into) {
        object.properties().forEach(field -> {
            var path = within + field.getKey();
            if (isDocument(field.getValue()) && columns.stream().anyMatch(column -> column.startsWith(path + "."))) {
                flatten(path + ".", field.getValue(), columns, into);
            } else {
                into.put(path, field.getValue());
            }
        });
    }

    private static boolean isDocument(JsonNode node) {
        return node.isObject()
                && !node.isEmpty()
                && !node.propertyNames().iterator().next().startsWith("$");
    }

    private static boolean holds(String cell, JsonNode leaf) {
        if (leaf == null || leaf.isNull()) {
            return cell.isEmpty();
        }
        if (leaf.isString()) {
            return cell.equals(leaf.stringValue()) || cell.equals("'" + leaf.stringValue());
        }
        for (String number : List.of("$numberDecimal", "$numberDouble")) {
            if (leaf.has(number)) {
                return cell.equals(leaf.get(number).stringValue());
            }
        }
        return JsonMapper.shared().readTree(cell).equals(leaf);
    }

    private static List<String> row(RawBsonDocument record, List<String> columns) {
        var layout = Format.of(
                        ArchiveFormat.CSV, Format.engine(ArchiveFormat.CSV, DeflateLibrary.JDK, 1, columns, LIMITS))
                .layout();
        var file = new GrowableBytes(0);
        layout.begin(file);
        layout.append(record, true, file);
        var text = new String(file.array(), 0, file.length(), UTF_8);
        return CsvReader.builder().ofCsvRecord(text).stream().toList().get(1).getFields();
    }

    private static JsonNode json(RawBsonDocument record) {
        var out = new GrowableBytes(0);
        JsonEncoder.encode(record, out);
        return JsonMapper.shared().readTree(new String(out.array(), 0, out.length(), UTF_8));
    }
}
