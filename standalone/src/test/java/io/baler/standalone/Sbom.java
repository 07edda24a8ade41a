package io.baler.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The list that a program's jar carries of what it is made of. */
record Sbom(JsonNode document) {
    static final List<String> SERVICES = List.of("api", "worker", "cleanup");
    static final List<String> PROGRAMS =
            Stream.concat(SERVICES.stream(), Stream.of("standalone")).toList();

    private static final String OURS = "io.baler";

    /** As it goes into the module's jar. */
    static Sbom of(String module) {
        var file = Path.of("..", module, "target/classes/META-INF/sbom/application.cdx.json");
        try {
            return new Sbom(JsonMapper.shared().readTree(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** By others. */
    Stream<Library> libraries() {
        return components()
                .filter(component -> !component.path("group").asString().equals(OURS))
                .map(Library::new);
    }

    /** Of this repository, by their artifacts' names. */
    Stream<String> modules() {
        return components()
                .filter(component -> component.path("group").asString().equals(OURS))
                .map(component -> component.path("name").asString());
    }

    private Stream<JsonNode> components() {
        return document.path("components").valueStream();
    }

    /** One jar of somebody else's. */
    record Library(JsonNode component) {
        String group() {
            return component.path("group").asString();
        }

        String name() {
            return component.path("name").asString();
        }

        String version() {
            return component.path("version").asString();
        }

        /** As in a repository. */
        String file() {
            var purl = component.path("purl").asString();
            var classifier = purl.contains("classifier=") ? "-" + purl.replaceAll(".*classifier=([^&#]*).*", "$1") : "";
            return name() + "-" + version() + classifier + ".jar";
        }

        /** Of the jar, in lower-case hex; empty if it is not told. */
        String sha256() {
            return component
                    .path("hashes")
                    .valueStream()
                    .filter(hash -> hash.path("alg").asString().equals("SHA-256"))
                    .map(hash -> hash.path("content").asString())
                    .findFirst()
                    .orElse("");
        }

        /** By SPDX's names where the library's POM allows to tell; several are a choice, as Maven has it. */
        List<String> licenses() {
            return component
                    .path("licenses")
                    .valueStream()
                    .map(choice -> choice.at("/license/id")
                            .asString(choice.at("/license/name")
                                    .asString(choice.path("expression").asString(""))))
                    .toList();
        }
    }
}
