package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.standalone.Sbom.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every library may be passed on under a licence that is accepted here, and {@code docs/LICENSES.md} lists them. With
 * {@code -Dbaler.write-docs=true} it is written anew.
 */
class LicensesTest {
    private static final Path LIST = Path.of("..", "docs/LICENSES.md");

    /** They ask for no more than that their text stays with the library, as it does in its jar. */
    private static final List<String> PERMISSIVE =
            List.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "MIT-0", "Public Domain");

    /** They reach no further than their own files, whose source is at Maven Central just as they are used. */
    private static final List<String> FOR_THEIR_OWN_FILES = List.of("EPL-2.0", "MPL-2.0");

    /** What POMs call otherwise than SPDX. */
    private static final Map<String, String> BY_SPDX = Map.of("EPL 1.0", "EPL-1.0", "Go License", "BSD-3-Clause");

    /** Their POMs refer to the OSI's "The BSD License", which is taken for the one with the advertising clause. */
    private static final Set<String> OSI_BSD = Set.of("de.bwaldvogel", "org.jline");

    private final Map<String, Library> libraries = libraries();
    private final Map<String, Map<String, Library>> ofServices =
            Sbom.SERVICES.stream().collect(Collectors.toMap(service -> service, LicensesTest::libraries));

    @Test
    void everyLibraryMayBePassedOn() {
        assertThat(libraries.values())
                .hasSizeGreaterThan(150)
                .allSatisfy(library -> assertThat(licenses(library))
                        .as("%s:%s, of whose licences one must be accepted", library.group(), library.name())
                        .anyMatch(license -> PERMISSIVE.contains(license) || FOR_THEIR_OWN_FILES.contains(license)));
    }

    @Test
    void theListIsCurrent() throws IOException {
        var current = written();

        if (Boolean.getBoolean("baler.write-docs")) {
            Files.writeString(LIST, current);
        }

        assertThat(Files.readString(LIST))
                .as("docs/LICENSES.md is stale; write it anew with:  ./mvnw test -pl standalone -am"
                        + " -Dtest=LicensesTest -Dsurefire.failIfNoSpecifiedTests=false -Dbaler.write-docs=true")
                .isEqualTo(current);
    }

    private String written() {
        var text = new StringBuilder(
                """
                # Licences

                Made of the SBOMs by `LicensesTest`; what is changed here by hand is lost. Baler itself is under Apache-2.0. Its jars
                pass on these libraries, unmodified, each as a jar within the jar. Where several licences are named, one may choose.

                Accepted are %s, which ask for no more than that their
                text stays with the library; and %s, which reach no further than their own files, whose source is at
                Maven Central. A library that has none of them, or does not say, fails the build. (The SBOMs call the OSI's BSD
                licence of a few libraries BSD-4-Clause, which it is not.)

                Not in the jars: the worker calls the system's libdeflate (MIT) and OpenSSL's libcrypto (Apache-2.0) where there are any,
                as its image has.

                | library | version | licence | in |
                |---|---|---|---|
                """.formatted(String.join(", ", PERMISSIVE), String.join(" and ", FOR_THEIR_OWN_FILES)));
        libraries.forEach((name, library) -> text.append("| %s | %s | %s | %s |\n"
                .formatted(name, library.version(), String.join(" or ", licenses(library)), programs(name))));
        return text.toString();
    }

    private static List<String> licenses(Library library) {
        return library.licenses().stream()
                .map(name -> OSI_BSD.contains(library.group()) && name.equals("BSD-4-Clause") ? "BSD-3-Clause" : name)
                .map(name -> BY_SPDX.getOrDefault(name, name))
                .toList();
    }

    private String programs(String name) {
        var services = Sbom.SERVICES.stream()
                .filter(service -> ofServices.get(service).containsKey(name))
                .toList();
        if (services.isEmpty()) {
            return "`./baler` only";
        }
        return services.size() == Sbom.SERVICES.size() ? "all" : String.join(", ", services);
    }

    /** Of all programs, by their names; several jars of one library differ in their systems only. */
    private static Map<String, Library> libraries() {
        var all = new TreeMap<String, Library>();
        Sbom.PROGRAMS.forEach(program -> all.putAll(libraries(program)));
        return all;
    }

    private static Map<String, Library> libraries(String program) {
        return Sbom.of(program)
                .libraries()
                .collect(Collectors.toMap(
                        library -> library.group() + ":" + library.name(), library -> library, (one, same) -> one));
    }
}
