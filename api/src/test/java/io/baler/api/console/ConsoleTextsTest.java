package io.baler.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.json.JsonMapper;

/** The console's texts are there in every language, and each that it asks for. */
class ConsoleTextsTest {
    /** What the api says decides which of these are asked for. */
    private static final Pattern BY_CODE = Pattern.compile("(problem|failure|field)\\..+");

    private static final Pattern VALUE = Pattern.compile("\\{\\w+}");

    @Test
    void everyLanguageHasTheSameTextsWithTheSameValues() throws IOException {
        var english = texts("en");
        var japanese = texts("ja");
        // of failures the api itself says more in English
        japanese.keySet().removeIf(key -> key.startsWith("failure."));

        assertThat(japanese.keySet()).containsExactlyElementsOf(english.keySet());
        english.forEach(
                (key, text) -> assertThat(values(japanese.get(key))).as(key).isEqualTo(values(text)));
    }

    private static TreeSet<String> values(String text) {
        var values = new TreeSet<String>();
        VALUE.matcher(text).results().forEach(match -> values.add(match.group()));
        return values;
    }

    @Test
    void everyTextThatIsAskedForByItsKeyIsThere() throws IOException {
        var english = texts("en").keySet();
        var missing = new ArrayList<String>();
        var asked = Pattern.compile("\\bt\\('([^']+)'");
        for (var script : files("*.js")) {
            asked.matcher(script.getContentAsString(StandardCharsets.UTF_8))
                    .results()
                    .map(match -> match.group(1))
                    .filter(key -> !english.contains(key) && !english.contains(key + ".other"))
                    .forEach(missing::add);
        }

        assertThat(missing).isEmpty();
    }

    /** Of those whose key is put together, too: at least one begins and ends so. */
    @Test
    void everyTextIsAskedForAndEveryKeyThatIsPutTogetherHasTexts() throws IOException {
        var keys = texts("en").keySet();
        var scripts = new StringBuilder();
        for (var script : files("*.js")) {
            scripts.append(script.getContentAsString(StandardCharsets.UTF_8));
        }
        var whole = Pattern.compile("'([\\w.-]+)'")
                .matcher(scripts)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        var parts = Pattern.compile("\\bt\\(`([^`]*)`")
                .matcher(scripts)
                .results()
                .map(match ->
                        Pattern.compile(match.group(1).replace(".", "\\.").replaceAll("\\$\\{[^}]*}", "[\\\\w.-]+")))
                .toList();

        assertThat(parts).allSatisfy(part -> assertThat(keys).anyMatch(part.asMatchPredicate()));
        assertThat(keys).allMatch(key -> {
            var plain = key.replaceAll("\\.(one|other)$", "");
            return whole.contains(plain)
                    || parts.stream().anyMatch(part -> part.asMatchPredicate().test(plain))
                    || BY_CODE.asMatchPredicate().test(plain);
        });
    }

    /** Or a policy that forbids it would break the page. */
    @Test
    void nothingIsInline() throws IOException {
        for (var file : files("*.{html,js}")) {
            var text = file.getContentAsString(StandardCharsets.UTF_8);
            assertThat(text)
                    .as(file.getFilename())
                    .doesNotContain("innerHTML", "insertAdjacentHTML", "eval(", " style=", "javascript:")
                    .doesNotContainPattern("<script(?![^>]* src=)")
                    .doesNotContainPattern("<\\w+[^>]* on\\w+=");
        }
    }

    private static Map<String, String> texts(String language) throws IOException {
        var texts = new TreeMap<String, String>();
        JsonMapper.shared()
                .readTree(files(language + ".json")[0].getContentAsByteArray())
                .forEachEntry((key, text) -> texts.put(key, text.stringValue()));
        return texts;
    }

    private static Resource[] files(String pattern) throws IOException {
        var found = new ArrayList<Resource>();
        for (var one : pattern.equals("*.{html,js}") ? new String[] {"*.html", "*.js"} : new String[] {pattern}) {
            found.addAll(List.of(
                    new PathMatchingResourcePatternResolver().getResources("classpath*:/io/baler/api/console/" + one)));
        }
        assertThat(found).isNotEmpty();
        return found.toArray(Resource[]::new);
    }
}
