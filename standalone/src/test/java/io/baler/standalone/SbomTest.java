package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.baler.standalone.Sbom.Library;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each program's jar says what it is made of: all of it, by content, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SbomTest {
    private static final Path SCHEMAS = Path.of("target/test-tools/cyclonedx");
    private static final String SCHEMA_URL = "http://cyclonedx.org/schema/";

    private final Map<Path, String> hashes = new HashMap<>();
    private SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    @BeforeAll
    void readSchemas() throws IOException {
        var texts = new HashMap<String, String>();
        for (var name : List.of("bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json")) {
            texts.put(SCHEMA_URL + name, Files.readString(SCHEMAS.resolve(name)));
        }
        schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7, builder -> builder.schemas(texts));
    }

    private static List<String> programs() {
        return Sbom.PROGRAMS;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void itIsCycloneDx(String program) {
        var schema = schemas.getSchema(SchemaLocation.of(SCHEMA_URL + "bom-1.6.schema.json"));

        assertThat(schema.validate(Sbom.of(program).document())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void itHasEveryJarOfTheClassPathByItsHashAndNoOther(String program) throws IOException {
        var jars = new TreeMap<String, String>();
        for (var entry : runtimeClassPathOf(program)) {
            if (!isOurs(entry)) {
                jars.put(entry.getFileName().toString(), hash(entry));
            }
        }

        assertThat(jars).hasSizeGreaterThan(50);
        assertThat(Sbom.of(program).libraries().collect(Collectors.toMap(Library::file, Library::sha256)))
                .containsExactlyInAnyOrderEntriesOf(jars);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void itHasTheModulesThatTheProgramIsMadeOf(String program) throws IOException {
        assertThat(Sbom.of(program).modules())
                .containsExactlyInAnyOrderElementsOf(runtimeClassPathOf(program).stream()
                        .filter(SbomTest::isOurs)
                        .map(SbomTest::module)
                        .toList());
    }

    /** Otherwise two builds would differ. */
    @ParameterizedTest
    @MethodSource("programs")
    void itDoesNotTellWhenOrWhereItWasMade(String program) throws IOException {
        var document = Sbom.of(program).document();

        assertThat(document.path("metadata").has("timestamp")).isFalse();
        assertThat(document.toString())
                .doesNotContain(Path.of("..").toRealPath().toString())
                .doesNotContain(System.getProperty("user.home"));
    }

    private static List<Path> runtimeClassPathOf(String program) throws IOException {
        var classPath = Files.readString(Path.of("..", program, "target/runtime-class-path"));
        return Arrays.stream(classPath.strip().split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static boolean isOurs(Path entry) {
        // a repository of libraries may be below the checkout, too
        return entry.startsWith(Path.of("..").toAbsolutePath().normalize())
                && entry.toString().contains("target");
    }

    /** Of a module's jar, or of its classes where the build ends before there are jars: both are in its target. */
    private static String module(Path entry) {
        return "baler-" + entry.getParent().getParent().getFileName();
    }

    private String hash(Path jar) throws IOException {
        var known = hashes.get(jar);
        if (known == null) {
            known = HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(jar)));
            hashes.put(jar, known);
        }
        return known;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
