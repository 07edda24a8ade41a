package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alerts, dashboard and runbook belong together. That every meter in them is there is seen by the modules that have the
 * meters: {@code ManagementTest} of worker and cleanup.
 */
class OperationsTest {
    private static final Path ALERTS = Path.of("..", "deploy", "prometheus", "alerts.yaml");
    private static final Path DASHBOARD = Path.of("..", "deploy", "grafana", "dashboard.json");
    private static final Path RUNBOOK = Path.of("..", "docs", "RUNBOOK.md");
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void everyAlertHasItsEntryInTheRunbookAndNothingElseHas() throws IOException {
        var entries = Files.readAllLines(RUNBOOK).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(alerts().map(alert -> alert.path("alert").asString())).containsExactlyElementsOf(entries);
        assertThat(alerts()).allSatisfy(alert -> {
            var name = alert.path("alert").asString();
            assertThat(alert.at("/annotations/runbook").asString())
                    .isEqualTo("docs/RUNBOOK.md#" + name.toLowerCase(java.util.Locale.ROOT));
            assertThat(alert.at("/labels/severity").asString()).isIn("info", "warning", "critical");
        });
    }

    @Test
    void everyEntryOfTheRunbookSaysWhatItMeansWhatToDoAndWhatIsNotLost() throws IOException {
        for (var entry : Files.readString(RUNBOOK).split("\n## ")) {
            if (entry.startsWith("Baler")) {
                assertThat(entry).contains("**It means**", "**Look at**", "**Do**", "**Nothing is lost**");
            }
        }
    }

    @Test
    void prometheusTakesTheAlerts() throws Exception {
        assumeTrue(hasPromtool(), "skipped: no promtool here, which Debian's package prometheus has");

        var promtool = new ProcessBuilder("promtool", "check", "rules", ALERTS.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(promtool.getInputStream().readAllBytes());

        assertThat(promtool.waitFor()).as(said).isZero();
    }

    private static boolean hasPromtool() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
    }

    @Test
    void theDashboardShowsEachPanelOnceAndAsksForSomethingInEach() throws IOException {
        var dashboard = JSON.readTree(Files.readString(DASHBOARD));
        var ids = new HashSet<Integer>();

        assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(ids.add(panel.path("id").intValue())).isTrue();
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("targets"))
                    .isNotEmpty()
                    .allSatisfy(
                            target -> assertThat(target.path("expr").asString()).contains("baler_"));
        });
    }

    /** Those of a meter that no module has would never be seen. */
    @Test
    void everyMeterInThemHasAModuleThatLooksAtIt() throws IOException {
        for (var file : List.of(ALERTS, DASHBOARD)) {
            var meters = java.util.regex.Pattern.compile("baler_[a-z0-9_]+").matcher(Files.readString(file));
            while (meters.find()) {
                assertThat(meters.group()).matches("baler_(worker|s3|cleanup|exports|dead)(_.*)?");
            }
        }
    }

    private static Stream<JsonNode> alerts() throws IOException {
        try (var text = Files.newBufferedReader(ALERTS)) {
            JsonNode rules = JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text));
            return rules.at("/groups/0/rules").valueStream();
        }
    }
}
