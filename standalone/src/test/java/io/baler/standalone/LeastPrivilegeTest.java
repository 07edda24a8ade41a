package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.events.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The roles and access lists in {@code deploy/} know every collection and topic that the services use, and no others. */
class LeastPrivilegeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void everyCollectionThatTheServicesUseIsInARoleAndNoOther() {
        var roles = Pattern.compile("const (SHARED|API) = \\[(.*)];")
                .matcher(read(ROOT.resolve("deploy/mongodb/roles.js")))
                .results()
                .flatMap(list -> Stream.of(list.group(2).split(",")))
                .map(name -> name.replaceAll("[' ]", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(roles).isEqualTo(collections());
    }

    private static TreeSet<String> collections() {
        var used = new TreeSet<String>();
        for (var module : List.of("job", "api", "worker", "cleanup")) {
            try (var files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(file -> Pattern.compile("COLLECTION = \"(\\w+)\"|@Document\\(\"(\\w+)\"")
                                .matcher(read(file))
                                .results())
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .forEach(used::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        // a setting, baler.audit.collection
        used.add("exportAudits");
        return used;
    }

    @Test
    void theAccessListsNameAllTopicsAndGroups() {
        var script = read(ROOT.resolve("deploy/kafka/acls.sh"));
        var topics = new Topics("");

        assertThat(topics.all())
                .allSatisfy(topic -> assertThat(script).containsPattern("all=\\(.*\\b" + topic.name() + "\\b.*\\)"));
        assertThat(Pattern.compile("export\\.[a-z-]+").matcher(script).results().map(name -> name.group()))
                .allSatisfy(name ->
                        assertThat(topics.all()).anyMatch(topic -> topic.name().equals(name)));
        assertThat(script).contains("$group-workers", "$group-api-notifications");
        assertThat(new Topics("baler.").workers()).isEqualTo("baler-workers");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
