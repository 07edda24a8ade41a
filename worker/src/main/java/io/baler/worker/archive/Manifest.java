package io.baler.worker.archive;

import io.baler.job.ArchivedFile;
import io.baler.job.Engine;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.JsonEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;

/**
 * The archive's table of contents: what was asked for, what was expected, and what each file holds. It depends on the
 * spec and the files alone, never on who made the archive, when, or in how many attempts.
 */
final class Manifest {

    /** In a directory of its own, so that {@code *.json} at the root is data only. */
    static final String NAME = "_manifest/manifest.json";

    private static final int SCHEMA_VERSION = 1;
    private static final JsonMapper MAPPER = new JsonMapper();
    // a line feed on every system, where Jackson's default is the system's own
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(INDENT)
            .withArrayIndenter(INDENT);

    private final ArchiveSpec spec;
    private final JsonGenerator json;

    private Manifest(ArchiveSpec spec, JsonGenerator json) {
        this.spec = spec;
        this.json = json;
    }

    static GrowableBytes of(ArchiveSpec spec, List<ArchivedFile> files, long exportedCount) {
        GrowableBytes out = new GrowableBytes(1 << 10);
        try (var json = MAPPER.writer().with(PRETTY).createGenerator(out)) {
            new Manifest(spec, json).write(files, exportedCount);
        }
        out.write('\n');
        return out;
    }

    private void write(List<ArchivedFile> files, long exportedCount) {
        ManifestFacts facts = spec.facts();
        Long expected = facts.expectedCount();
        json.writeStartObject();
        json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
        json.writeStringProperty("jobId", spec.jobId());
        json.writeStringProperty("requestedBy", facts.requestedBy());
        json.writeName("filters");
        json.writeTree(facts.filters());
        json.writeStringProperty("asOf", spec.asOf().toString());
        json.writeStringProperty("format", facts.format());
        writeEngine(spec.engine());
        writeCount("expectedCount", expected);
        json.writeNumberProperty("exportedCount", exportedCount);
        writeCount("missingCount", expected == null ? null : expected - exportedCount);
        json.writeArrayPropertyStart("files");
        files.forEach(this::writeFile);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeEngine(Engine engine) {
        json.writeObjectPropertyStart("engine");
        json.writeStringProperty("encoder", engine.encoder());
        json.writeStringProperty("deflater", engine.deflater());
        json.writeNumberProperty("level", engine.level());
        json.writeNumberProperty("logsPerFile", engine.logsPerFile());
        json.writeNumberProperty("maxFileBytes", engine.maxFileBytes());
        json.writeEndObject();
    }

    private void writeFile(ArchivedFile file) {
        json.writeStartObject();
        json.writeStringProperty("name", file.name());
        json.writeNumberProperty("count", file.count());
        json.writeNumberProperty("bytes", file.size());
        json.writeNumberProperty("compressedBytes", file.compressedSize());
        json.writeStringProperty("sha256", file.sha256());
        json.writeName("firstId");
        json.writeRawValue(JsonEncoder.toJson(file.firstId()));
        json.writeName("lastId");
        json.writeRawValue(JsonEncoder.toJson(file.lastId()));
        json.writeEndObject();
    }

    private void writeCount(String name, @Nullable Long count) {
        if (count == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, count);
        }
    }
}
