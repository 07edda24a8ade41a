package io.baler.standalone.verify;

import static io.baler.standalone.verify.TestArchive.KEY;
import static io.baler.standalone.verify.TestArchive.beside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.job.ArchiveFormat;
import io.baler.job.evidence.Manifest;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.verify.TestArchive.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VerificationTest {

    @TempDir
    private Path directory;

    static BsonValue[] objectIds(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(n -> new BsonObjectId(new ObjectId(String.format("6553f100%016x", n))))
                .toArray(BsonValue[]::new);
    }

    static BsonValue[] numbers(int... numbers) {
        return IntStream.of(numbers).mapToObj(BsonInt32::new).toArray(BsonValue[]::new);
    }

    private Verified verify(TestArchive archive) {
        return Verified.of(archive.writeTo(directory));
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void anArchiveIsRightAsTheWorkerHasMadeIt(ArchiveFormat format) {
        var verified = verify(Plan.of(format).of(objectIds(1, 2, 3)));

        assertThat(verified.findings()).isEmpty();
        assertThat(verified.ids())
                .containsExactly("6553f1000000000000000001", "6553f1000000000000000002", "6553f1000000000000000003");
        assertThat(verified.verdict().line())
                .startsWith("OK: ")
                .contains("3 records of export 6592a1b0c0ffee0000000000 in 2 files")
                .contains("signed with the key " + KEY.verificationKey().id())
                .contains("requested by alice, as of 2026-10-31T23:30:00Z")
                .contains("number 2 of its chain behind export 6592a1b0c0ffee000000000f")
                .doesNotContain("NOT CHECKED");
    }

    @Test
    void whoGivesNoKeyIsToldThatNobodyHasCheckedIt() {
        var verified = Verified.of(Plan.of(ArchiveFormat.JSON).of(numbers(1)).writeTo(directory), TrustedKeys.none());

        assertThat(verified.verdict().line())
                .startsWith("OK: ")
                .contains("1 record of export", "in 1 file,", "THE KEY ITSELF WAS NOT CHECKED", "GET /api/v1/keys");
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void anotherKeyHasNotSigned(ArchiveFormat format) {
        var stranger = TestArchive.stranger();
        var keys = TrustedKeys.of("keys.pem", List.of(stranger));

        var verified = Verified.of(Plan.of(format).of(numbers(1)).writeTo(directory), keys);

        assertThat(verified.verdict().holds()).isFalse();
        assertThat(verified.findings())
                .singleElement()
                .asString()
                .contains("manifest.json: is signed with the key "
                        + KEY.verificationKey().id())
                .contains("not with one of keys.pem (" + stranger.id() + ")");
    }

    @Test
    void oneOfSeveralKeysIsEnough() {
        var keys = TrustedKeys.of("keys.pem", List.of(TestArchive.stranger(), KEY.verificationKey()));

        var verified = Verified.of(Plan.of(ArchiveFormat.JSON).of(numbers(1)).writeTo(directory), keys);

        assertThat(verified.findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void nothingThatMatchedIsAStatementOfItsOwn(ArchiveFormat format) {
        var verified = verify(Plan.of(format).ofNothing());

        assertThat(verified.findings()).isEmpty();
        assertThat(verified.verdict().line()).startsWith("OK: ").contains("nothing matched export 6592a1b0c0ffee0000");
    }

    @Test
    void aChangedStatementIsNamed() throws IOException {
        var statement = Plan.of(ArchiveFormat.JSON).ofNothing();
        var file = statement.writeTo(directory);
        Files.writeString(file, statement.text().replace("alice", "bob"));

        assertThat(Verified.of(file).findings())
                .singleElement()
                .asString()
                .contains("logs.zip.manifest.json: the signature is not that of the key");
    }

    @Test
    void aManifestAloneDoesNotVerifyTheFilesThatItTellsOf() {
        var archive = Plan.of(ArchiveFormat.NDJSON_GZ).of(numbers(1, 2, 3)).writeTo(directory);

        var verified = Verified.of(beside(archive, Manifest.SUFFIX));

        assertThat(verified.findings())
                .singleElement()
                .asString()
                .contains("tells of 2 files: give the archive itself");
    }

    @ParameterizedTest
    @EnumSource(
            value = ArchiveFormat.class,
            names = {"NDJSON_GZ", "NDJSON_ZST"})
    void aStreamWithoutItsManifestOrSignatureIsNamed(ArchiveFormat format) throws IOException {
        var archive = Plan.of(format).of(numbers(1)).writeTo(directory);

        Files.delete(beside(archive, Manifest.SIGNATURE_SUFFIX));
        assertThat(Verified.of(archive).findings()).singleElement().asString().contains("manifest.sig, cannot be read");
        Files.delete(beside(archive, Manifest.SUFFIX));
        assertThat(Verified.of(archive).findings())
                .singleElement()
                .asString()
                .contains("its manifest is not beside it");
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void anothersManifestIsNamedAsSuch(ArchiveFormat format) {
        var archive = Plan.of(format).of(numbers(1, 2, 3));
        var other = Plan.of(format).withJob("6592a1b0c0ffee0000000001").of(numbers(4, 5, 6, 7));

        var verified = verify(archive.withManifestOf(other));

        assertThat(verified.verdict().holds()).isFalse();
        assertThat(verified.findings())
                .anySatisfy(finding -> assertThat(finding)
                        .contains("the manifest of another")
                        .contains("that of export 6592a1b0c0ffee0000000001"));
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void whateverIsCutOffIsMissed(ArchiveFormat format) {
        var archive = Plan.of(format).of(numbers(1, 2, 3));
        var bytes = archive.bytes();

        for (var length = 0; length < bytes.length; length += 7) {
            var verified = verify(archive.withBytes(Arrays.copyOf(bytes, length)));

            assertThat(verified.verdict().holds()).isFalse();
            assertThat(verified.findings()).as("cut off at " + length).isNotEmpty();
        }
        assertThat(verify(archive.withBytes(Arrays.copyOf(bytes, bytes.length - 1)))
                        .findings())
                .anySatisfy(finding -> assertThat(finding).contains("is missing"));
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void whateverIsAddedIsNamedByItsPlace(ArchiveFormat format) {
        var archive = Plan.of(format).of(numbers(1, 2, 3));
        var bytes = archive.bytes();

        assertThat(verify(archive.withBytes(Arrays.copyOf(bytes, bytes.length + 5)))
                        .findings())
                .contains("byte " + bytes.length + ": the archive ends there, and 5 bytes follow");

        var behind = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, behind, 5, bytes.length);
        var prepended = verify(archive.withBytes(behind));
        assertThat(prepended.verdict().holds()).isFalse();
        assertThat(prepended.findings())
                .anySatisfy(finding -> assertThat(finding).contains("and 5 bytes follow"));
    }

    @Test
    void recordsThatJsonCannotSayAreCounted() {
        // {_id: 1, a: <a byte that is no UTF-8>}
        var broken =
                new byte[] {23, 0, 0, 0, 16, '_', 'i', 'd', 0, 1, 0, 0, 0, 2, 'a', 0, 2, 0, 0, 0, (byte) 0xff, 0, 0};

        var verified = verify(Plan.of(ArchiveFormat.NDJSON).ofRecords(List.of(new RawBsonDocument(broken))));

        assertThat(verified.findings()).isEmpty();
        assertThat(verified.verdict().line()).contains("1 of them invalid at the source");
    }

    @Test
    void moreFindingsThanAnybodyReadsAreCounted() {
        var ids = numbers(IntStream.range(0, 100).map(i -> 100 - i).toArray());

        var verified = verify(new Plan("j", ArchiveFormat.JSON, 1_000).of(ids));

        assertThat(verified.findings()).hasSize(21).last().isEqualTo("and 79 more");
        assertThat(verified.verdict().line()).endsWith("(and 98 more)");
    }

    @Test
    void aFileThatCannotBeReadIsToldInOneLine() {
        assertThatThrownBy(() -> Verified.of(directory.resolve("missing.zip")))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("missing.zip cannot be read: no such file");
        assertThatThrownBy(() -> Verified.of(directory))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("is no file");
    }

    @Test
    void aKeyFileThatIsNoneIsToldInOneLine() throws IOException {
        var file = Files.writeString(
                directory.resolve("keys.pem"), "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END" + " PUBLIC KEY-----\n");

        assertThatThrownBy(() -> TrustedKeys.in(file))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("keys.pem is no file of public keys: it is no Ed25519 public key");
        assertThatThrownBy(() -> TrustedKeys.in(directory.resolve("none")))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void aCellAsLargeAsARecordCanBeIsReadLikeAnyOther() {
        var large = new BsonDocument("_id", new BsonInt32(1)).append("data", new BsonBinary(new byte[15 << 20]));
        var archive =
                Plan.of(ArchiveFormat.CSV).ofRecords(List.of(new RawBsonDocument(large, new BsonDocumentCodec())));

        assertThat(Verified.of(archive.writeTo(directory)).findings()).isEmpty();
    }

    @Test
    void anArchiveWhoseRecordsAllVanishedIsNotOneThatNothingMatched() {
        var archive = Plan.of(ArchiveFormat.NDJSON).of();

        var verdict = Verified.of(
                        archive.saying(manifest -> expecting(manifest, 5)).writeTo(directory))
                .verdict();

        assertThat(verdict.line())
                .startsWith("OK: ")
                .contains("5 of 5 expected had vanished")
                .doesNotContain("nothing");
    }

    private static Manifest expecting(Manifest manifest, long count) {
        var json = (ObjectNode) JsonMapper.shared().readTree(manifest.toBytes());
        return Manifest.parse(JsonMapper.shared()
                .writeValueAsBytes(json.put("expectedCount", count).put("missingCount", count)));
    }
}
