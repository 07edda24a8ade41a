package io.baler.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.standalone.terminal.CommandFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveCheckTest {

    private static final String MANIFEST = "{\"exported\": 3}";

    @TempDir
    private Path directory;

    private Path archive = Path.of("");

    @BeforeEach
    void nameTheArchive() {
        archive = directory.resolve("a.zip");
    }

    private ArchiveCheck check(String... namesAndContents) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (var i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return new ArchiveCheck(archive, List.of("a1", "a2", "a3").iterator());
    }

    private static void fails(ArchiveCheck check, String why) {
        assertThatThrownBy(check::run).isInstanceOf(CommandFailed.class).hasMessageContaining(why);
    }

    @Test
    void acceptsExactlyWhatBelongs() throws IOException {
        var check = check(
                "logs-000001.json",
                "[{\"_id\":\"a3\"}]",
                "logs-000000.json",
                "[{\"x\":{\"_id\":\"no\"},\"_id\":\"a1\"},{\"_id\":\"a2\",\"y\":[1]}]",
                "_manifest/manifest.json",
                MANIFEST);

        check.run();

        assertThat(check.records()).isEqualTo(3);
        assertThat(check.files()).isEqualTo(2);
    }

    @Test
    void namesWhatIsMissingDoubledSwappedOrTooMuch() throws IOException {
        fails(check("l.json", "[{\"_id\":\"a1\"},{\"_id\":\"a2\"}]"), "ends after 2 records; the next would be a3");
        fails(check("l.json", "[{\"_id\":\"a1\"},{\"_id\":\"a3\"}]"), "record a3 stands where a2 belongs");
        fails(check("l.json", "[{\"_id\":\"a1\"},{\"_id\":\"a1\"}]"), "record a1 comes after a1");
        fails(
                check("l.json", "[{\"_id\":\"a1\"},{\"_id\":\"a2\"},{\"_id\":\"a3\"},{\"_id\":\"a4\"}]"),
                "record a4 is one too many");
    }

    @Test
    void namesWhatIsNoJson() throws IOException {
        fails(check("l.json", "[{\"_id\":\"a1\"},"), "cannot be read to its end");
        fails(check("l.json", "[{\"_id\":\"a1\"}] ["), "goes on after its JSON");
        fails(check("l.json", "{\"_id\":\"a1\"}"), "is no JSON array");
        fails(check("l.json", "[{\"id\":\"a1\"}]"), "without _id");
        fails(check("l.json", "[]", "_manifest/manifest.json", "{"), "cannot be read to its end");
    }

    @Test
    void namesDamage() throws IOException {
        var check = check("l.json", "[{\"_id\":\"a1\"},{\"_id\":\"a2\"},{\"_id\":\"a3\"}]");
        var bytes = Files.readAllBytes(archive);
        // the checksum in the central directory: 16 bytes behind its signature "PK 1 2"
        var central = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        bytes[central + 16] ^= 1;
        Files.write(archive, bytes);

        fails(check, "has a wrong CRC-32");
    }
}
