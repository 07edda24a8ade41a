package io.baler.worker.archive;

import static io.baler.worker.archive.TestArchives.engine;
import static io.baler.worker.archive.TestArchives.spec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.ArchivedFile;
import io.baler.job.ChainLink;
import io.baler.job.Engine;
import io.baler.job.IdKind;
import io.baler.job.IdRun;
import io.baler.job.InvalidRecords;
import io.baler.job.evidence.Manifest;
import io.baler.worker.signing.TestKey;
import java.util.Base64;
import java.util.List;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ManifestDraftTest {

    private static final BsonObjectId LAST = new BsonObjectId(new ObjectId("6592a1b0c0ffee0000000000"));
    private static final ArchivedFile FILE = new ArchivedFile(
            "audit-logs-j-000000.json",
            1,
            2_000,
            300,
            0,
            7,
            new BsonInt64(-5),
            LAST,
            "ab12",
            List.of(new IdRun(IdKind.NUMBER, 1), new IdRun(IdKind.OBJECT_ID, 6)),
            new InvalidRecords(1, List.of(LAST)));
    private static final Manifest.Bytes DATA = new Manifest.Bytes(321, "cd34");

    @Test
    void saysWhatWasAskedForAndWhatEachFileHolds() {
        var key = TestKey.KEY.verificationKey();

        assertThat(text(spec(new Engine("json-1", "jdk", 6, 10_000, 16 << 20, 1 << 20, null), 1), List.of(FILE)))
                .isEqualTo("""
                        {
                          "schemaVersion": 1,
                          "jobId": "6592a1b0c0ffee0000000000",
                          "requestedBy": "alice",
                          "filters": {
                            "dateFrom": "2026-10-01T00:00:00Z"
                          },
                          "source": {
                            "database": "wiki",
                            "collection": "activities",
                            "userField": "user",
                            "actionField": "action",
                            "timeField": "createdAt"
                          },
                          "asOf": "2026-10-31T23:30:00Z",
                          "format": "json",
                          "engine": {
                            "encoder": "json-1",
                            "compressor": "jdk",
                            "level": 6,
                            "logsPerFile": 10000,
                            "maxFileBytes": 16777216
                          },
                          "chain": {
                            "position": 2,
                            "previousSha256": "%s",
                            "previousJob": "before"
                          },
                          "signingKey": "%s",
                          "publicKey": "%s",
                          "expectedCount": 1000000,
                          "exportedCount": 7,
                          "missingCount": 999993,
                          "invalidRecords": 1,
                          "data": {
                            "bytes": 321,
                            "sha256": "cd34"
                          },
                          "files": [
                            {
                              "name": "audit-logs-j-000000.json",
                              "count": 7,
                              "bytes": 2000,
                              "compressedBytes": 300,
                              "sha256": "ab12",
                              "firstId": -5,
                              "lastId": "6592a1b0c0ffee0000000000",
                              "ids": [
                                {
                                  "kind": "number",
                                  "count": 1
                                },
                                {
                                  "kind": "object_id",
                                  "count": 6
                                }
                              ],
                              "invalidRecords": {
                                "count": 1,
                                "ids": [
                                  "6592a1b0c0ffee0000000000"
                                ]
                              }
                            }
                          ]
                        }
                        """.formatted(
                                "ab".repeat(32), key.id(), Base64.getEncoder().encodeToString(key.der())));
    }

    @Test
    void whatWasNotCountedIsNull() {
        var known = spec(engine(1, 1), 1);
        var facts = new ManifestFacts(
                "bob",
                JsonMapper.shared().createObjectNode(),
                known.facts().source(),
                ArchiveFormat.JSON,
                new ChainLink(1, null, null),
                null);
        var spec = TestArchives.spec(known.jobId(), known.asOf(), known.engine(), known.schedule(), facts);

        var manifest = JsonMapper.shared().readTree(text(spec, List.of()));

        assertThat(manifest.get("expectedCount").isNull()).isTrue();
        assertThat(manifest.get("missingCount").isNull()).isTrue();
        assertThat(manifest.get("chain").get("previousSha256").isNull()).isTrue();
        assertThat(manifest.get("files").isEmpty()).isTrue();
    }

    @Test
    void anIdStandsThereAsItsRecordShowsIt() {
        var id = new BsonDouble(1e21);
        var file = new ArchivedFile("f", 1, 1, 1, 0, 1, id, id, "", List.of(), InvalidRecords.NONE);

        assertThat(text(spec(engine(1, 1), 1), List.of(file))).contains("\"firstId\": 1e+21,");
    }

    @Test
    void itIsSignedAsItStands() {
        var draft = ManifestDraft.of(spec(engine(1, 1), 1), List.of(FILE), DATA);

        assertThat(TestKey.KEY.verificationKey().verifies(draft.document(), draft.signature()))
                .isTrue();
        assertThat(draft.at(44).keyId()).isEqualTo(TestKey.KEY.verificationKey().id());
        assertThat(draft.at(44).offset()).isEqualTo(44);
        assertThat(draft.isThat(draft.at(44))).isTrue();
        assertThat(draft.isThat(ManifestDraft.of(spec(engine(2, 1), 1), List.of(FILE), DATA)
                        .at(44)))
                .isFalse();
    }

    private static String text(ArchiveSpec spec, List<ArchivedFile> files) {
        return new String(ManifestDraft.of(spec, files, DATA).document(), UTF_8);
    }
}
