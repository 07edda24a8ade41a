package io.baler.job.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.baler.job.ArchiveFormat;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.JobDatabase;
import io.baler.job.JobStore;
import io.baler.job.LogFilters;
import io.baler.job.NewJob;
import io.baler.job.Selection;
import io.baler.job.request.JobIds;
import io.baler.local.MongoServer;
import java.util.stream.Stream;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.data.mongodb.core.MongoTemplate;

/** An archive's objects are known by their keys alone, and nothing else is taken for one of them. */
class ArchiveKeysTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final S3Settings SETTINGS =
            new S3Settings(null, null, null, "exports", false, "some/prefix/", null, null, null);

    private static MongoServer server;
    private static MongoClient client;
    private static MongoTemplate mongo;
    private static ArchiveKeys keys;

    @BeforeAll
    static void start() {
        server = MongoServer.inMemory(0);
        client = MongoClients.create(server.connectionString());
        mongo = JobDatabase.open(client, "keys");
        keys = ArchiveKeys.of(SETTINGS, mongo);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void anArchiveIsNamedByItsJobItsGenerationItsFiltersAndItsFormat(ArchiveFormat format) {
        var job = job(format);

        assertThat(keys.keyOf(job))
                .matches("some/prefix/[0-9a-f]{24}/audit-log-bulk-export/" + job.id() + "/0/audit-logs-" + HASH + "\\."
                        + format.suffix());
        assertThat(keys.keyOf(job)).startsWith(keys.root()).endsWith("/" + keys.fileNameOf(job));
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "NDJSON", "CSV"})
    void anArchiveThatHoldsItsManifestIsOneObject(ArchiveFormat format) {
        var key = keys.keyOf(job(format));

        assertThat(ArchiveKeys.objectsOf(key)).containsExactly(key);
        assertThat(ArchiveKeys.manifestKeyOf(format, key)).isEqualTo(key);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"JSON", "NDJSON", "CSV"})
    void anyOtherConsistsOfItselfItsManifestAndItsSignature(ArchiveFormat format) {
        var key = keys.keyOf(job(format));

        assertThat(ArchiveKeys.objectsOf(key)).containsExactly(key, key + ".manifest.json", key + ".manifest.sig");
        assertThat(ArchiveKeys.manifestKeyOf(format, key)).isEqualTo(key + ".manifest.json");
    }

    @ParameterizedTest
    @EnumSource
    void everyObjectOfAnArchiveIsOursAndLeadsBackToIt(ArchiveFormat format) {
        var key = keys.keyOf(job(format));

        assertThat(ArchiveKeys.objectsOf(key))
                .allMatch(keys::isOurs)
                .extracting(keys::archiveOf)
                .containsOnly(key);
    }

    @ParameterizedTest
    @EnumSource
    void whatOnlyLooksLikeAnObjectOfOursIsNot(ArchiveFormat format) {
        var key = keys.keyOf(job(format));

        assertThat(ArchiveKeys.objectsOf(key).stream().flatMap(ArchiveKeysTest::lookalikes))
                .noneMatch(keys::isOurs);
    }

    private static Stream<String> lookalikes(String key) {
        return Stream.of(
                key + ".bak",
                key + "/",
                key + ".manifest.json.manifest.json",
                key + ".manifest.sig.manifest.json",
                key + ".manifest.txt",
                key + "\n",
                "backup/" + key,
                key.substring(1),
                key.replace("/0/", "/first/"),
                key.replace("/0/", "//"),
                key.replace("/0/", "/0/0/"),
                key.replace("/0/", "/00000000000/"),
                key.replace(HASH, HASH.substring(1)),
                key.replace(HASH, HASH.toUpperCase(java.util.Locale.ROOT)),
                key.replace(HASH + ".", HASH + "-"),
                key.replaceFirst("[0-9a-f]{24}/0", "somebody/0"));
    }

    @Test
    void whatLiesBesideAnArchiveThatHoldsItsManifestIsSomebodyElses() {
        var key = keys.keyOf(job(ArchiveFormat.JSON));

        assertThat(keys.isOurs(key + ".manifest.json")).isFalse();
        assertThat(keys.isOurs(key + ".manifest.sig")).isFalse();
    }

    @Test
    void aKeyThatIsNotOursLeadsNowhereElse() {
        assertThat(keys.archiveOf("any/key.ndjson.gz.manifest.json")).isEqualTo("any/key.ndjson.gz.manifest.json");
    }

    @Test
    void anInstallationKeepsItsKeysAndSharesThemWithNobody() {
        var key = keys.keyOf(job(ArchiveFormat.NDJSON_GZ));

        assertThat(ArchiveKeys.of(SETTINGS, mongo).isOurs(key)).isTrue();
        assertThat(ArchiveKeys.of(SETTINGS, JobDatabase.open(client, "another")).isOurs(key))
                .isFalse();
    }

    private static ExportJob job(ArchiveFormat format) {
        var requester = new ObjectId().toHexString();
        var selection = new Selection(null, "db", "activities", "user", "action", "createdAt");
        var request = new NewJob(JobIds.next(), requester, LogFilters.NONE, selection, HASH, format, null);
        return ((Creation.Created) new JobStore(mongo).create(request)).job();
    }
}
