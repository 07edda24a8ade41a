package io.baler.worker.archive;

import static io.baler.worker.archive.TestArchives.engine;
import static io.baler.worker.archive.TestArchives.spec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchivedFile;
import java.util.List;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ManifestTest {

    private static final ArchivedFile FILE = new ArchivedFile(
            "audit-logs-j-000000.json",
            1,
            2_000,
            300,
            0,
            7,
            new BsonInt64(-5),
            new BsonObjectId(new ObjectId("6592a1b0c0ffee0000000000")),
            "ab12");

    @Test
    void saysWhatWasAskedForAndWhatEachFileHolds() {
        assertThat(text(spec(engine(10_000, 16 << 20), 1), List.of(FILE), 999_990))
                .isEqualTo("""
                        {
                          "schemaVersion": 1,
                          "jobId": "6592a1b0c0ffee0000000000",
                          "requestedBy": "alice",
                          "filters": {
                            "dateFrom": "2026-10-01T00:00:00Z"
                          },
                          "asOf": "2026-10-31T23:30:00Z",
                          "format": "json",
                          "engine": {
                            "encoder": "json-1",
                            "deflater": "jdk",
                            "level": 6,
                            "logsPerFile": 10000,
                            "maxFileBytes": 16777216
                          },
                          "expectedCount": 1000000,
                          "exportedCount": 999990,
                          "missingCount": 10,
                          "files": [
                            {
                              "name": "audit-logs-j-000000.json",
                              "count": 7,
                              "bytes": 2000,
                              "compressedBytes": 300,
                              "sha256": "ab12",
                              "firstId": -5,
                              "lastId": "6592a1b0c0ffee0000000000"
                            }
                          ]
                        }
                        """);
    }

    @Test
    void whatWasNotCountedIsNull() {
        var known = spec(engine(1, 1), 1);
        var facts = new ManifestFacts("bob", JsonMapper.shared().createObjectNode(), "json", null);
        var spec = new ArchiveSpec(known.jobId(), known.asOf(), known.engine(), known.schedule(), facts);

        var manifest = JsonMapper.shared().readTree(text(spec, List.of(), 0));

        assertThat(manifest.get("expectedCount").isNull()).isTrue();
        assertThat(manifest.get("missingCount").isNull()).isTrue();
        assertThat(manifest.get("files").isEmpty()).isTrue();
    }

    private static String text(ArchiveSpec spec, List<ArchivedFile> files, long count) {
        var bytes = Manifest.of(spec, files, count);
        return new String(bytes.array(), 0, bytes.length(), UTF_8);
    }
}
