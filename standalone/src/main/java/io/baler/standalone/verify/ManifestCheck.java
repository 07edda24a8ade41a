package io.baler.standalone.verify;

import io.baler.job.IdRun;
import io.baler.job.InvalidRecords;
import io.baler.job.evidence.Manifest;
import io.baler.job.evidence.Manifest.FileEntry;
import java.util.HashSet;
import java.util.Objects;
import java.util.stream.Stream;

/** Whether a manifest says what can be, and does not contradict itself. */
final class ManifestCheck {

    private static final String FILE_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,200}";
    private static final String SHA_256 = "[0-9a-f]{64}";

    private final Manifest manifest;
    private final String name;
    private final Findings findings;

    ManifestCheck(Manifest manifest, String name, Findings findings) {
        this.manifest = manifest;
        this.name = name;
        this.findings = findings;
    }

    /** Whether archives can be like that at all, so that one can be held against it; what cannot be is a finding. */
    boolean isPossible() {
        var before = findings.count();
        if (manifest.data().bytes() < 0) {
            findings.add(name, "says that its data have " + manifest.data().bytes() + " bytes");
        }
        for (var i = 0; i < manifest.files().size(); i++) {
            if (!isPossible(manifest.files().get(i))) {
                findings.add(name, "says what cannot be of its file number " + (i + 1));
            }
        }
        return findings.count() == before;
    }

    private static boolean isPossible(FileEntry file) {
        return file.name().matches(FILE_NAME)
                && file.sha256().matches(SHA_256)
                && file.count() > 0
                && isSize(file.bytes())
                && isSize(file.compressedBytes())
                && !file.ids().isEmpty()
                && file.ids().stream().allMatch(run -> run.kind() != null && run.count() > 0);
    }

    /** A file is made in memory, so an int counts its bytes. */
    private static boolean isSize(long bytes) {
        return bytes > 0 && bytes <= Integer.MAX_VALUE;
    }

    /** Whether one part of it contradicts another. */
    void check() {
        checkCounts();
        checkChain();
        checkNames();
        checkKinds();
        manifest.files().forEach(this::checkInvalid);
    }

    private void checkCounts() {
        var files = manifest.files();
        requireSame(
                "exportedCount", manifest.exportedCount(), sum(files.stream().map(file -> (long) file.count())));
        requireSame(
                "invalidRecords",
                manifest.invalidRecords(),
                sum(files.stream()
                        .map(FileEntry::invalidRecords)
                        .filter(Objects::nonNull)
                        .map(it -> it.count())));
        var expected = manifest.expectedCount();
        if (!Objects.equals(manifest.missingCount(), expected == null ? null : expected - manifest.exportedCount())) {
            findings.add(
                    name,
                    "missingCount is " + manifest.missingCount() + ", but of " + expected + " expected records "
                            + manifest.exportedCount() + " were exported");
        }
    }

    private void requireSame(String what, long said, long counted) {
        if (said != counted) {
            findings.add(name, what + " is " + said + ", but its files add up to " + counted);
        }
    }

    private static long sum(Stream<Long> counts) {
        return counts.mapToLong(Long::longValue).sum();
    }

    private void checkChain() {
        var chain = manifest.chain();
        var isFirst = chain.position() == 1;
        if (chain.position() < 1 || isFirst != (chain.previousSha256() == null)) {
            findings.add(
                    name, "number " + chain.position() + " of a chain cannot stand behind " + chain.previousSha256());
        }
    }

    private void checkNames() {
        var names = new HashSet<String>();
        for (var file : manifest.files()) {
            if (!names.add(file.name())) {
                findings.add(name, "lists " + file.name() + " twice");
            }
        }
    }

    private void checkKinds() {
        IdRun last = null;
        for (var file : manifest.files()) {
            requireSame(
                    "the count of " + file.name(),
                    file.count(),
                    sum(file.ids().stream().map(IdRun::count)));
            for (var run : file.ids()) {
                if (last != null && run.kind().compareTo(last.kind()) < 0) {
                    findings.add(
                            file.name(),
                            "has ids of kind " + run.kind().value() + " behind those of kind "
                                    + last.kind().value());
                }
                last = run;
            }
        }
    }

    private void checkInvalid(FileEntry file) {
        var invalid = file.invalidRecords();
        if (invalid != null
                && (invalid.count() < 1
                        || invalid.count() > file.count()
                        || invalid.ids().size() != Math.min(invalid.count(), InvalidRecords.NAMED))) {
            findings.add(
                    name,
                    "names " + invalid.ids().size() + " of " + invalid.count() + " invalid records of " + file.name()
                            + ", which holds " + file.count());
        }
    }
}
