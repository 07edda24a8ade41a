package io.baler.standalone.verify;

import io.baler.job.evidence.Manifest;
import io.baler.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a verification.
 *
 * @param file what was verified
 * @param bytes its size
 * @param manifest that it was held against; none if none could be read
 * @param keyWasTrusted the key was given, and not taken from the manifest
 * @param findings how many there are
 * @param first of these; empty if there is none
 */
public record Verdict(
        Path file, long bytes, @Nullable Manifest manifest, boolean keyWasTrusted, long findings, String first) {

    private static final int LONGEST = 200;

    public boolean holds() {
        return findings == 0;
    }

    /** All of it in one line. */
    public String line() {
        return Terminal.plain(manifest != null && holds() ? right(manifest) : wrong());
    }

    private String wrong() {
        return "FAILED: " + file + ": " + first + (findings > 1 ? " (and " + (findings - 1) + " more)" : "");
    }

    private String right(Manifest manifest) {
        var line = new StringBuilder("OK: ").append(file).append(": ").append(what(manifest));
        line.append("; signed with the key ").append(manifest.signingKey());
        line.append("; requested by ").append(shortened(manifest.requestedBy()));
        line.append(", as of ").append(manifest.asOf());
        var chain = manifest.chain();
        line.append(", number ").append(chain.position()).append(" of its chain");
        if (chain.previousJob() != null) {
            line.append(" behind export ").append(shortened(chain.previousJob()));
        }
        if (!keyWasTrusted) {
            line.append("; THE KEY ITSELF WAS NOT CHECKED, since the manifest names it: compare its id with those of"
                    + " GET /api/v1/keys, or give --public-key");
        }
        return line.toString();
    }

    private String what(Manifest manifest) {
        var expected = manifest.expectedCount();
        if (manifest.files().isEmpty() && (expected == null || expected == 0)) {
            return "nothing matched export " + shortened(manifest.jobId());
        }
        var text = counted(manifest.exportedCount(), "record") + " of export " + shortened(manifest.jobId()) + " in "
                + counted(manifest.files().size(), "file") + ", " + counted(bytes, "byte");
        if (manifest.missingCount() != null && manifest.missingCount() > 0) {
            text += String.format(
                    Locale.ROOT,
                    ", while %,d of %,d expected had vanished from the source",
                    manifest.missingCount(),
                    manifest.expectedCount());
        }
        return manifest.invalidRecords() == 0
                ? text
                : text + String.format(Locale.ROOT, ", %,d of them invalid at the source", manifest.invalidRecords());
    }

    private static String counted(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
