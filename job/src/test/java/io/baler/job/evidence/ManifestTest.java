package io.baler.job.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.baler.job.ArchiveFormat;
import io.baler.job.IdKind;
import io.baler.job.IdRun;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ManifestTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    // ---- there and back

    @Test
    void aManifestIsTheSameAfterAWayThroughItsBytes() {
        assertThat(Manifest.parse(manifest().toBytes())).isEqualTo(manifest());
        assertThat(Manifest.parse(ofNoMatch().toBytes())).isEqualTo(ofNoMatch());
    }

    @Test
    void theSameManifestAlwaysGivesTheSameBytes() {
        assertThat(manifest().toBytes()).isEqualTo(manifest().toBytes());
        assertThat(Manifest.parse(manifest().toBytes()).toBytes())
                .isEqualTo(manifest().toBytes());
    }

    /** Signatures are over these bytes, so what people read and what is signed are one. */
    @Test
    void itsBytesArePrettyOnEverySystemAndEndWithALineFeed() {
        assertThat(new String(ofNoMatch().toBytes(), StandardCharsets.UTF_8)).isEqualTo("""
                {
                  "schemaVersion": 1,
                  "jobId": "0123456789abcdef01234567",
                  "requestedBy": "Ann Ünal",
                  "filters": {
                    "actions": [
                      "LOGIN"
                    ]
                  },
                  "source": {
                    "database": "db",
                    "collection": "activities",
                    "userField": "user",
                    "actionField": "action",
                    "timeField": "createdAt"
                  },
                  "asOf": "2026-01-01T00:00:00Z",
                  "format": "ndjson.gz",
                  "engine": null,
                  "chain": {
                    "position": 1,
                    "previousSha256": null,
                    "previousJob": null
                  },
                  "signingKey": "0011223344556677",
                  "publicKey": "MCow",
                  "expectedCount": null,
                  "exportedCount": 0,
                  "missingCount": null,
                  "invalidRecords": 0,
                  "data": {
                    "bytes": 0,
                    "sha256": "e3b0"
                  },
                  "files": [ ]
                }
                """);
    }

    @Test
    void whatIsAbsentByNatureIsLeftOutAndNothingElseIs() {
        var tree = JSON.readTree(manifest().toBytes());

        assertThat(tree.path("engine").propertyNames()).doesNotContain("columns");
        assertThat(tree.path("files").get(0).propertyNames()).doesNotContain("invalidRecords");
        assertThat(tree.path("files").get(1).path("invalidRecords").toString())
                .isEqualTo("{\"count\":2,\"ids\":[\"b\",\"c\"]}");
    }

    // ---- reading

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "7.0",
                "0.1",
                "-0.0",
                "1.7976931348623157E308",
                "4.9E-324",
                "1.0E10",
                "100.0",
                "12345678901234567890",
                "9007199254740993",
                "3.141592653589793"
            })
    void anIdThatIsANumberKeepsItsValueAndThatItIsOne(String number) {
        var document = text(manifest()).replace("\"firstId\": \"a\"", "\"firstId\": " + number);

        var manifest = Manifest.parse(bytes(document));

        var id = manifest.files().get(0).firstId();
        assertThat(id.isNumber()).isTrue();
        assertThat(id.decimalValue()).isEqualByComparingTo(number);
        assertThat(id.isIntegralNumber()).isEqualTo(number.matches("[0-9]+"));
        assertThat(Manifest.parse(manifest.toBytes()).files().get(0).firstId()).isEqualTo(id);
    }

    @Test
    void membersThatALaterVersionMayAddArePassedOver() {
        var document = text(manifest())
                .replace("\"schemaVersion\": 1,", "\"schemaVersion\": 1, \"new\": {\"a\": [1, {\"b\": null}]},")
                .replace("\"firstId\"", "\"newer\": 7, \"firstId\"");

        assertThat(Manifest.parse(bytes(document))).isEqualTo(manifest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaVersion\": 2}",
                "{\"files\": {\"new\": \"form\"}, \"schemaVersion\": 2}",
                "{\"schemaVersion\": 2, \"format\": \"parquet\", \"chain\": 7}"
            })
    void anotherVersionIsRefusedByItsNumberHoweverItLooks(String document) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(bytes(document)))
                .withMessage("its schemaVersion is 2, this Baler knows 1");
    }

    @Test
    void aWholeManifestOfAnotherVersionIsRefusedToo() {
        var document = text(manifest()).replace("\"schemaVersion\": 1", "\"schemaVersion\": 2");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(bytes(document)))
                .withMessage("its schemaVersion is 2, this Baler knows 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "\"manifest\"",
                "{}",
                "{\"schemaVersion\": \"1\"}",
                "{\"schemaVersion\": null}",
                "{\"schemaVersion\": 1.5}",
                "{\"schemaVersion\": 1}",
                "{\"schemaVersion\": 1, \"files\": []}",
                "{\"schemaVersion\": 1, \"files\": [null]}",
                "{\"schemaVersion\": 1, \"schemaVersion\": 1}",
                "no JSON"
            })
    void whatIsNoManifestIsRefused(String document) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(bytes(document)))
                .withMessage("it is not the JSON of a manifest");
    }

    @Test
    void aManifestIsRefusedThatLacksAnythingItMustHave() {
        var tree = JSON.readTree(manifest().toBytes());
        var optional = List.of("engine", "expectedCount", "missingCount");

        assertThat(tree.propertyNames())
                .filteredOn(name -> !optional.contains(name))
                .isNotEmpty()
                .allSatisfy(name -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> Manifest.parse(bytes(tree.<tools.jackson.databind.node.ObjectNode>asObject()
                                .deepCopy()
                                .without(name)
                                .toString()))));
    }

    @Test
    void aNameThatOccursTwiceOrAnythingBehindTheEndIsRefused() {
        var twice = text(manifest()).replace("\"exportedCount\": 3", "\"exportedCount\": 3, \"exportedCount\": 4");
        var more = text(manifest()) + "{}";

        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(bytes(twice)));
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(bytes(more)));
    }

    // ---- how the tests speak

    private static Manifest manifest() {
        var numbers = List.of(new IdRun(IdKind.NUMBER, 1), new IdRun(IdKind.STRING, 1));
        var strings = List.of(new IdRun(IdKind.STRING, 2));
        return new Manifest(
                1,
                "0123456789abcdef01234567",
                "Ann Ünal",
                JSON.readTree("{\"actions\":[\"LOGIN\"]}"),
                new Manifest.Source("db", "activities", "user", "action", "createdAt", null),
                Instant.parse("2026-01-01T00:00:00.001Z"),
                ArchiveFormat.JSON,
                new Manifest.EngineFacts("encoder 1", "deflate", 6, 10_000, 1 << 24, null),
                new Manifest.Chain(2, "aa", "0123456789abcdef01234566"),
                "0011223344556677",
                "MCow",
                4L,
                3,
                1L,
                2,
                new Manifest.Bytes(1L << 40, "bb"),
                List.of(
                        new Manifest.FileEntry(
                                "f-0.json", 1, 10, 5, "cc", id("\"a\""), id("{\"$oid\":\"00\"}"), numbers, null),
                        new Manifest.FileEntry(
                                "f-1.json",
                                2,
                                10,
                                5,
                                "dd",
                                id("7"),
                                id("7.5"),
                                strings,
                                new Manifest.Invalid(2, List.of(id("\"b\""), id("\"c\""))))));
    }

    private static Manifest ofNoMatch() {
        return new Manifest(
                1,
                "0123456789abcdef01234567",
                "Ann Ünal",
                JSON.readTree("{\"actions\":[\"LOGIN\"]}"),
                new Manifest.Source("db", "activities", "user", "action", "createdAt", null),
                Instant.parse("2026-01-01T00:00:00Z"),
                ArchiveFormat.NDJSON_GZ,
                null,
                new Manifest.Chain(1, null, null),
                "0011223344556677",
                "MCow",
                null,
                0,
                null,
                0,
                new Manifest.Bytes(0, "e3b0"),
                List.of());
    }

    private static JsonNode id(String json) {
        return JSON.readTree(json);
    }

    private static String text(Manifest manifest) {
        return new String(manifest.toBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }
}
