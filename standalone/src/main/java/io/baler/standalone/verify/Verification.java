package io.baler.standalone.verify;

import io.baler.job.evidence.Manifest;
import io.baler.standalone.progress.Progress;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies archives, and statements that nothing matched. What it says holds against whoever does not have the signing
 * key; that the key is the right one is for whoever gives it.
 */
public final class Verification {

    private final TrustedKeys trusted;
    private final Progress progress;
    private final Consumer<String> ids;

    /**
     * @param progress also takes the findings, a line each
     * @param ids takes the records' ids as they are written, in order
     */
    public Verification(TrustedKeys trusted, Progress progress, Consumer<String> ids) {
        this.trusted = trusted;
        this.progress = progress;
        this.ids = ids;
    }

    /** @throws CommandFailed if the file cannot be read at all */
    public Verdict verify(Path path) {
        var findings = new Findings(progress::note);
        try (var archive = ArchiveFile.open(path, progress)) {
            var evidence = new EvidenceSearch(archive, findings).find();
            var manifest = evidence.flatMap(found -> manifest(found, findings));
            if (evidence.isPresent() && manifest.isPresent()) {
                checkToItsEnd(archive, evidence.get(), manifest.get(), findings);
            }
            findings.end();
            return verdict(archive, manifest.orElse(null), findings);
        } catch (IOException e) {
            throw new CommandFailed(path + " cannot be read: " + Reason.of(e), e);
        }
    }

    private Verdict verdict(ArchiveFile archive, @Nullable Manifest manifest, Findings findings) {
        return new Verdict(
                archive.path(), archive.size(), manifest, !trusted.isEmpty(), findings.count(), findings.first());
    }

    /** The manifest, if the archive can be held against it. */
    private Optional<Manifest> manifest(Evidence evidence, Findings findings) {
        try {
            var manifest = Manifest.parse(evidence.document());
            new SignatureCheck(trusted, findings).check(evidence, manifest);
            var check = new ManifestCheck(manifest, evidence.name(), findings);
            if (!check.isPossible()) {
                return Optional.empty();
            }
            check.check();
            return Optional.of(manifest);
        } catch (IllegalArgumentException e) {
            findings.add(evidence.name(), "cannot be read as a manifest: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What is verified may have been made to break whoever reads it: then it is not right, and that is the answer. */
    private void checkToItsEnd(ArchiveFile archive, Evidence evidence, Manifest manifest, Findings findings)
            throws IOException {
        try {
            check(archive, evidence, manifest, findings);
        } catch (CommandFailed told) {
            throw told;
        } catch (RuntimeException unforeseen) {
            findings.add(archive.name(), "cannot be checked to its end: " + unforeseen);
        }
    }

    private void check(ArchiveFile archive, Evidence evidence, Manifest manifest, Findings findings)
            throws IOException {
        if (evidence.place() == Evidence.Place.ALONE) {
            checkStatement(evidence, manifest, findings);
        } else if (manifest.format().holdsManifest() != (evidence.place() == Evidence.Place.INSIDE)) {
            findings.add(evidence.name(), "is that of an archive of the format " + manifest.format());
        } else {
            var check = new ArchiveCheck(archive, evidence, manifest, findings);
            if (check.run(ids)) {
                progress.note("note: some ids are documents, whose order JSON does not tell: of these only neighbours"
                        + " were compared, and differ");
            }
        }
    }

    private static void checkStatement(Evidence evidence, Manifest manifest, Findings findings) {
        if (!manifest.files().isEmpty()) {
            findings.add(
                    evidence.name(),
                    "tells of " + manifest.files().size()
                            + " files: give the archive itself, which is verified by it, and not its manifest alone");
        } else if (manifest.data().bytes() != 0) {
            findings.add(
                    evidence.name(), "lists no file, but " + manifest.data().bytes() + " bytes of data");
        }
    }
}
