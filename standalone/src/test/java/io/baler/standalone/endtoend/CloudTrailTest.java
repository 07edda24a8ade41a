package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baler.job.ArchiveFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Real CloudTrail events go in and come out, each once, in order, unchanged: by the commands that a person types. */
class CloudTrailTest {
    private static final Path EVENTS = Path.of("..", "..", "shared", "data", "cloudtrail.ndjson");

    @TempDir
    private static Path directory;

    private static List<JsonNode> events;
    private static RunningServer server;

    @BeforeAll
    static void importEvents() throws IOException {
        assumeTrue(Files.exists(EVENTS), "skipped: the CloudTrail events are not beside the project");
        try (var lines = Files.lines(EVENTS)) {
            events = lines.map(ZipRecords.JSON::readTree).toList();
        }
        server = RunningServer.start(
                directory,
                "--baler.source.collection=trail",
                "--baler.source.fields.time=eventTime",
                "--baler.source.fields.action=eventName",
                "--baler.source.fields.user=userIdentity.arn",
                "--baler.source.users.collection=",
                "--baler.archive.logs-per-file=500");
        var imported = server.run(
                "import", EVENTS.toRealPath().toString(), "--collection", "trail", "--time-field", "eventTime");
        assertThat(imported.exitCode()).as(imported.err()).isZero();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void withoutFiltersEveryEventComesBackAsItWentIn() {
        var exported = export("all.zip");
        var expected = expected(event -> true);

        assertThat(exported).hasSize(2_900);
        // one by one: the difference of two lists of this size is more than anybody can read
        for (int n = 0; n < exported.size(); n++) {
            assertThat(exported.get(n)).as("event " + n).isEqualTo(expected.get(n));
        }
    }

    @Test
    void actionsSelectTheirEventsOnly() {
        assertThat(export("actions.zip", "--action", "Decrypt", "--action", "GetUser"))
                .isEqualTo(expected(event -> List.of("Decrypt", "GetUser").contains(action(event))))
                .hasSize(178 + 130);
    }

    @Test
    void usersSelectTheirEventsOnly() {
        var user = events.get(0).at("/userIdentity/arn").asString();

        assertThat(export("user.zip", "--user", user))
                .isEqualTo(expected(
                        event -> event.at("/userIdentity/arn").asString("").equals(user)))
                .isNotEmpty();
    }

    @Test
    void datesSelectTheirEventsInclusively() {
        var times = events.stream().map(CloudTrailTest::time).sorted().toList();
        var from = times.get(times.size() / 4);
        var to = times.get(times.size() / 2);

        assertThat(export("dates.zip", "--from", from, "--to", to))
                .isEqualTo(expected(
                        event -> time(event).compareTo(from) >= 0 && time(event).compareTo(to) <= 0))
                .hasSizeBetween(100, 2_800);
    }

    @Test
    void nothingThatMatchesIsSaidWithAStatementThatCanBeVerified() {
        var result = server.run("export", "--action", "NeverHappened", "--out", "none.zip");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(directory.resolve("none.zip")).doesNotExist();
        var statement = result.out().strip().replaceFirst(".* ", "");
        assertThat(verdict(statement)).startsWith("OK: " + statement + ": nothing matched");
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void everyFormatIsVerifiedWithTheServersKeys(ArchiveFormat format) {
        var file = "verified-" + format + "." + format.suffix();
        var result = server.run("export", "--format", format.value(), "--out", file);
        assertThat(result.exitCode()).as(result.err()).isZero();

        assertThat(verdict(file))
                .startsWith("OK: " + file + ": 2,900 records of export")
                .contains("in 6 files");
    }

    private static String verdict(String file) {
        var keys = server.run("keys", "--out", "keys.pem", "--force");
        assertThat(keys.exitCode()).as(keys.err()).isZero();
        var verified = server.run("verify", file, "--public-key", "keys.pem");
        assertThat(verified.out()).as(verified.err()).doesNotContain("NOT CHECKED");
        return verified.out();
    }

    private static List<JsonNode> export(String file, String... filters) {
        var arguments = new java.util.ArrayList<>(List.of("export", "--out", file));
        arguments.addAll(List.of(filters));
        var result = server.run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        var records = ZipRecords.in(directory.resolve(file));
        assertThat(records.stream().map(record -> record.get("_id").asString()))
                .isSorted()
                .doesNotHaveDuplicates();
        return records.stream().map(CloudTrailTest::withoutId).toList();
    }

    private static JsonNode withoutId(JsonNode record) {
        return ((ObjectNode) record).without("_id");
    }

    /** What went in, but for the milliseconds that ISO 8601 dates are written with. */
    private static List<JsonNode> expected(Predicate<JsonNode> matches) {
        return events.stream()
                .filter(matches)
                .<JsonNode>map(event -> {
                    var copy = (ObjectNode) event.deepCopy();
                    copy.put("eventTime", time(event).replace("Z", ".000Z"));
                    return copy;
                })
                .toList();
    }

    private static String time(JsonNode event) {
        return event.get("eventTime").asString();
    }

    private static String action(JsonNode event) {
        return event.get("eventName").asString();
    }
}
