package io.baler.standalone.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.evidence.Manifest;
import io.baler.standalone.verify.TestArchive.Plan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody unpacks an archive and packs it anew, with a ZIP's own means and another content. */
class RearrangedZipTest {

    private static final String FIRST = "audit-logs-6592a1b0c0ffee0000000000-000000.json";
    private static final String SECOND = "audit-logs-6592a1b0c0ffee0000000000-000001.json";

    @TempDir
    private Path directory;

    private final TestArchive archive = Plan.of(ArchiveFormat.JSON).of(VerificationTest.objectIds(1, 2, 3, 4));

    private List<String> findings(Consumer<List<Map.Entry<String, byte[]>>> change) throws IOException {
        var entries = new ArrayList<>(entries().entrySet());
        change.accept(entries);
        var out = new ByteArrayOutputStream();
        // the JDK's writer refuses two entries of one name
        try (var zip = new ZipArchiveOutputStream(out)) {
            for (var entry : entries) {
                zip.putArchiveEntry(new ZipArchiveEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeArchiveEntry();
            }
        }
        var verified = Verified.of(archive.withBytes(out.toByteArray()).writeTo(directory));
        assertThat(verified.verdict().holds()).isFalse();
        return verified.findings();
    }

    private Map<String, byte[]> entries() throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive.bytes()))) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertThat(entries.keySet()).containsExactly(FIRST, SECOND, Manifest.NAME, Manifest.SIGNATURE_NAME);
        return entries;
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        assertThat(findings(entries -> entries.remove(0)))
                .contains(FIRST + ": is listed in the manifest, but not in the archive");
    }

    @Test
    void anAddedFileIsNamed() throws IOException {
        assertThat(findings(entries -> entries.add(1, Map.entry("more.json", new byte[] {'[', ']'}))))
                .contains("more.json: is in the archive, but not listed in its manifest");
    }

    @Test
    void aRenamedFileIsNamedTwice() throws IOException {
        assertThat(findings(entries ->
                        entries.set(1, Map.entry("renamed.json", entries.get(1).getValue()))))
                .contains(
                        SECOND + ": is listed in the manifest, but not in the archive",
                        "renamed.json: is in the archive, but not listed in its manifest");
    }

    @Test
    void aDoubledFileIsNamed() throws IOException {
        assertThat(findings(entries -> entries.add(1, entries.get(0)))).contains(FIRST + ": is in the archive twice");
    }

    @Test
    void reorderedFilesAreNamed() throws IOException {
        assertThat(findings(entries -> entries.add(entries.remove(0))))
                .contains(FIRST + ": does not stand in the place that the manifest gives it")
                .noneMatch(finding -> finding.contains("SHA-256"));
    }

    @Test
    void swappedContentsAreNamed() throws IOException {
        var findings = findings(entries -> {
            var first = entries.get(0).getValue();
            entries.set(0, Map.entry(FIRST, entries.get(1).getValue()));
            entries.set(1, Map.entry(SECOND, first));
        });

        assertThat(findings)
                .anySatisfy(finding -> assertThat(finding).startsWith(FIRST + ": its SHA-256"))
                .anySatisfy(finding -> assertThat(finding).startsWith(SECOND + ": its SHA-256"));
    }

    @Test
    void aChangedRecordIsNamedWithItsFile() throws IOException {
        var findings = findings(entries -> entries.set(
                0,
                Map.entry(
                        FIRST,
                        new String(entries.get(0).getValue(), StandardCharsets.UTF_8)
                                .replace("PAGE_VIEW", "PAGE_EDIT")
                                .getBytes(StandardCharsets.UTF_8))));

        assertThat(findings).anySatisfy(finding -> assertThat(finding).startsWith(FIRST + ": its SHA-256"));
    }

    @Test
    void evenTheSameContentPackedAnewIsNotTheArchive() throws IOException {
        assertThat(findings(entries -> {}))
                .hasSize(2)
                .anySatisfy(finding -> assertThat(finding).startsWith("logs.zip: the data, its first"))
                .anySatisfy(finding -> assertThat(finding).startsWith("logs.zip: was packed anew"));
    }

    @Test
    void anArchiveWithoutItsManifestIsNone() throws IOException {
        assertThat(findings(entries -> entries.remove(2)))
                .singleElement()
                .asString()
                .contains("holds no _manifest/manifest.json");
    }

    @Test
    void anArchiveWithoutItsSignatureIsNotSigned() throws IOException {
        assertThat(findings(entries -> entries.remove(3)))
                .anySatisfy(finding -> assertThat(finding).contains("_manifest/manifest.sig"))
                .anySatisfy(finding -> assertThat(finding).contains("the signature is not that of the key"));
    }
}
