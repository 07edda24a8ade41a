package io.baler.standalone.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.IdKind;
import io.baler.job.IdRun;
import io.baler.job.evidence.Manifest;
import io.baler.job.evidence.Manifest.FileEntry;
import io.baler.standalone.verify.TestArchive.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/** A manifest that is signed with the right key, and yet is not what the archive holds. */
class ManifestLiesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FIRST = "audit-logs-6592a1b0c0ffee0000000000-000000.ndjson";

    @TempDir
    private Path directory;

    private final TestArchive archive = Plan.of(ArchiveFormat.NDJSON).of(VerificationTest.numbers(1, 2, 3));

    private List<String> findings(UnaryOperator<Manifest> lie) {
        var verified = Verified.of(archive.saying(lie).writeTo(directory));
        assertThat(verified.verdict().holds()).isFalse();
        return verified.findings();
    }

    /** @param member of the manifest, or of its first file after a slash */
    private List<String> findingsWith(String member, Object value) {
        return findings(manifest -> {
            var json = (ObjectNode) JSON.readTree(manifest.toBytes());
            var slash = member.indexOf('/');
            var holder = slash < 0
                    ? json
                    : (ObjectNode) json.at(
                            member.substring(0, slash).isEmpty() ? "/files/0" : "/" + member.substring(0, slash));
            holder.set(member.substring(slash + 1), JSON.valueToTree(value));
            return Manifest.parse(JSON.writeValueAsBytes(json));
        });
    }

    @Test
    void aDayThatNoCalendarHasIsNoEndOfTheVerification() {
        assertThat(findingsWith("asOf", "-1000000000-01-01T00:00:00Z"))
                .anySatisfy(finding -> assertThat(finding).contains("cannot be checked to its end"));
    }

    @Test
    void filesThatAreNotThereAtAllAreNotWaitedFor() {
        var stream = Plan.of(ArchiveFormat.NDJSON_GZ).of(VerificationTest.numbers(1));

        var verified = Verified.of(
                stream.saying(manifest -> manifestOf(manifest, 1_000)).writeTo(directory));

        assertThat(verified.findings())
                .hasSizeLessThan(10)
                .anySatisfy(finding -> assertThat(finding).contains("ends at byte"));
    }

    /** As many files as no archive of this size has, each of the most bytes that there can be. */
    private static Manifest manifestOf(Manifest manifest, int files) {
        var json = (ObjectNode) JSON.readTree(manifest.toBytes());
        var first = (ObjectNode) json.at("/files/0");
        first.put("compressedBytes", Integer.MAX_VALUE);
        var all = json.putArray("files");
        for (int i = 0; i < files; i++) {
            all.add(first.deepCopy()
                    .put("name", first.get("name").stringValue().replace("000000", "%06d".formatted(i))));
        }
        return Manifest.parse(JSON.writeValueAsBytes(json));
    }

    @Test
    void theTruthIsNoFinding() {
        assertThat(Verified.of(archive.saying(manifest -> manifest).writeTo(directory))
                        .findings())
                .isEmpty();
    }

    @Test
    void countsThatDoNotAddUpAreNamed() {
        assertThat(findingsWith("exportedCount", 4))
                .contains("_manifest/manifest.json: exportedCount is 4, but its files add up to 3");
        assertThat(findingsWith("missingCount", 1))
                .contains("_manifest/manifest.json: missingCount is 1, but of 3 expected records 3 were exported");
        assertThat(findingsWith("invalidRecords", 1))
                .contains("_manifest/manifest.json: invalidRecords is 1, but its files add up to 0");
        assertThat(findingsWith("/count", 1)).contains(FIRST + ": it has 2 records instead of 1");
        assertThat(findingsWith("/count", 3)).contains(FIRST + ": it has 2 records instead of 3");
    }

    @Test
    void sizesAndHashesThatAreNotTheFilesAreNamed() {
        assertThat(findingsWith("/bytes", 10))
                .contains(FIRST + ": it goes on behind the 10 bytes that its manifest says");
        assertThat(findingsWith("/bytes", 1_000))
                .anySatisfy(finding ->
                        assertThat(finding).startsWith(FIRST + ": it has").endsWith("instead of 1000"));
        assertThat(findingsWith("/sha256", "0".repeat(64)))
                .anySatisfy(finding -> assertThat(finding).startsWith(FIRST + ": its SHA-256 is"));
        assertThat(findingsWith("data/bytes", 10))
                .anySatisfy(finding -> assertThat(finding).contains("its first 10 bytes, have the SHA-256"))
                .anySatisfy(finding -> assertThat(finding).contains("data have 10 bytes, but its files add up to"));
    }

    @Test
    void idsThatAreNotTheFilesAreNamed() {
        assertThat(findingsWith("/firstId", 2)).contains(FIRST + ": its first _id is 1 instead of 2");
        assertThat(findingsWith("/lastId", 1)).contains(FIRST + ": its last _id is 2 instead of 1");
        assertThat(findingsWith("/ids", List.of(new IdRun(IdKind.OBJECT_ID, 2))))
                .contains(FIRST + ": record 1 has the _id 1, which is no object_id");
    }

    @Test
    void kindsOutOfOrderAreNamed() {
        assertThat(findingsWith("/ids", List.of(new IdRun(IdKind.STRING, 1), new IdRun(IdKind.NUMBER, 1))))
                .contains(FIRST + ": has ids of kind number behind those of kind string");
    }

    @Test
    void aFileThatIsLeftOutIsMissed() {
        assertThat(findings(manifest -> withFiles(manifest, manifest.files().subList(1, 2))))
                .contains(FIRST + ": is in the archive, but not listed in its manifest");
    }

    @Test
    void aFileThatIsListedTwiceIsNamed() {
        assertThat(findings(manifest -> {
                    var files = new ArrayList<>(manifest.files());
                    files.add(files.get(0));
                    return withFiles(manifest, files);
                }))
                .contains("_manifest/manifest.json: lists " + FIRST + " twice");
    }

    @Test
    void whatCannotBeIsNamed() {
        var finding = "_manifest/manifest.json: says what cannot be of its file number 1";
        assertThat(findingsWith("/name", "../../etc/passwd")).contains(finding);
        assertThat(findingsWith("/compressedBytes", -1)).contains(finding);
        assertThat(findingsWith("/ids", List.of())).contains(finding);
        assertThat(findingsWith("/sha256", "ABCD")).contains(finding);
        assertThat(findingsWith("data/bytes", -1))
                .contains("_manifest/manifest.json: says that its data have -1 bytes");
    }

    @Test
    void aManifestThatLeavesSomethingOutIsNone() {
        var document = archive.text().replaceFirst("\"asOf\": [^,]+,", "").getBytes(UTF_8);

        assertThat(Verified.of(archive.signing(document).writeTo(directory)).findings())
                .containsExactly(
                        "_manifest/manifest.json: cannot be read as a manifest: it is not the JSON of a" + " manifest");
    }

    @Test
    void aChainThatCannotBeIsNamed() {
        assertThat(findingsWith("chain/position", 1))
                .anySatisfy(finding -> assertThat(finding).contains("number 1 of a chain cannot stand behind"));
    }

    @Test
    void aKeyThatIsNotItsOwnIsNamed() {
        assertThat(findingsWith("signingKey", "0123456789abcdef"))
                .anySatisfy(finding -> assertThat(finding).contains("names the key 0123456789abcdef"));
        assertThat(findingsWith("publicKey", "AAAA"))
                .contains("_manifest/manifest.json: holds no Ed25519 public key where its own should be");
    }

    @Test
    void moreInvalidRecordsThanThereAreAreNamed() {
        var invalid = new Manifest.Invalid(3, List.of(IntNode.valueOf(1)));

        assertThat(findingsWith("/invalidRecords", invalid))
                .contains("_manifest/manifest.json: names 1 of 3 invalid records of " + FIRST + ", which holds 2");
    }

    @Test
    void anotherFormatIsNamed() {
        assertThat(findingsWith("format", "ndjson.gz"))
                .contains("_manifest/manifest.json: is that of an archive of the format ndjson.gz");
        assertThat(findingsWith("format", "json")).contains(FIRST + ": record 1 does not stand in an array");
        assertThat(findingsWith("format", "csv"))
                .anySatisfy(finding -> assertThat(finding).contains("record 1 is no row of CSV"));
    }

    private static Manifest withFiles(Manifest manifest, List<FileEntry> files) {
        return new Manifest(
                manifest.schemaVersion(),
                manifest.jobId(),
                manifest.requestedBy(),
                manifest.filters(),
                manifest.source(),
                manifest.asOf(),
                manifest.format(),
                manifest.engine(),
                manifest.chain(),
                manifest.signingKey(),
                manifest.publicKey(),
                manifest.expectedCount(),
                manifest.exportedCount(),
                manifest.missingCount(),
                manifest.invalidRecords(),
                manifest.data(),
                files);
    }
}
