package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that openapi-generator makes of the served document exports, follows and downloads. */
class GeneratedClientTest {
    private static final Path GENERATOR = Path.of("target", "test-tools", "openapi-generator-cli.jar");
    private static final Path PROGRAM =
            Path.of("src", "test", "resources", "generated-client", "ExportEverything.java");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"redirect", "stream"})
    void whatIsGeneratedOfTheDocumentWorks(String downloads) throws Exception {
        try (var server = RunningServer.start(directory, "--baler.api.downloads=" + downloads)) {
            Files.writeString(directory.resolve("logs.ndjson"), """
                    {"action":"PAGE_VIEW"}
                    {"action":"PAGE_DELETE"}
                    {"action":"PAGE_VIEW"}
                    """);
            assertThat(server.run("import", "logs.ndjson").exitCode()).isZero();
            var url = server.connection().path("url").stringValue();
            var token = server.connection().path("token").stringValue();
            var classes = compiled(generated(url));
            var archive = directory.resolve("archive.zip");

            run(classes, url, token, "PAGE_VIEW", "nobody", archive.toString());

            assertThat(ZipRecords.in(archive).stream()
                            .map(record -> record.path("action").asString()))
                    .containsExactly("PAGE_VIEW", "PAGE_VIEW");
        }
    }

    private Path generated(String url) throws IOException, InterruptedException {
        var document = directory.resolve("api-docs.json");
        var call = HttpRequest.newBuilder(URI.create(url + "/v3/api-docs")).build();
        var answer = HttpClient.newHttpClient().send(call, BodyHandlers.ofFile(document));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(GENERATOR)
                .as("Maven puts it there, in the phase generate-test-resources")
                .exists();
        var log = directory.resolve("generator.log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        GENERATOR.toAbsolutePath().toString(),
                        "generate",
                        "--input-spec=" + document,
                        "--generator-name=java",
                        "--library=native",
                        "--output=" + directory.resolve("client"),
                        "--invoker-package=io.baler.client.invoker",
                        "--api-package=io.baler.client.api",
                        "--model-package=io.baler.client.model",
                        "--additional-properties=useJakartaEe=true,openApiNullable=false")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(() -> text(log)).isZero();
        return directory.resolve("client/src/main/java");
    }

    private Path compiled(Path client) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var classes = Files.createDirectories(directory.resolve("classes"));
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null);
                var sources = Stream.concat(Files.walk(client), Stream.of(PROGRAM))) {
            var java = sources.filter(file -> file.toString().endsWith(".java")).toList();
            var options = List.of("-d", classes.toString(), "-proc:none", "-nowarn");
            var task = compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(java));
            assertThat(task.call()).as(said::toString).isTrue();
        }
        return classes;
    }

    private static void run(Path classes, String... arguments) throws Exception {
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            var program = loader.loadClass("ExportEverything").getMethod("main", String[].class);
            program.invoke(null, (Object) arguments);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
