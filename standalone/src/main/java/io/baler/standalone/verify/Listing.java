package io.baler.standalone.verify;

import io.baler.job.evidence.Manifest;
import io.baler.standalone.verify.ZipDirectory.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entries of a ZIP beside those that its manifest lists: what is missing, what is too much, what comes twice or in
 * another place. What the manifest does not list is not kept, but for a few names: it may be anything.
 */
final class Listing {

    private static final int KEPT_NAMES = 20;

    private final List<String> expected;
    private final long[] expectedAt;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Entry> found = new HashMap<>();
    private final List<String> surplus = new ArrayList<>();
    private final List<String> misplaced = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private long surplusCount;
    private int last = -1;
    private boolean hasMoved;

    private Listing(Manifest manifest) {
        this.expected = Stream.concat(
                        manifest.files().stream().map(Manifest.FileEntry::name),
                        Stream.of(Manifest.NAME, Manifest.SIGNATURE_NAME))
                .toList();
        for (var i = 0; i < expected.size(); i++) {
            places.put(expected.get(i), i);
        }
        this.expectedAt = new long[manifest.files().size() + 1];
        for (var i = 0; i < manifest.files().size(); i++) {
            var file = manifest.files().get(i);
            expectedAt[i + 1] =
                    expectedAt[i] + ZipDirectory.LOCAL_HEADER + file.name().length() + file.compressedBytes();
        }
    }

    /** Nothing if the directory cannot be read: then its bytes are wrong, which others tell. */
    static Optional<Listing> of(ArchiveFile archive, Manifest manifest) throws IOException {
        var listing = new Listing(manifest);
        return new ZipDirectory(archive).forEach(listing::take) ? Optional.of(listing) : Optional.empty();
    }

    private void take(Entry entry) {
        var place = places.get(entry.name());
        if (place == null) {
            surplusCount++;
            keep(entry.name(), surplus);
        } else if (found.putIfAbsent(entry.name(), entry) != null) {
            keep(entry.name(), doubled);
        } else {
            if (place < last) {
                keep(entry.name(), misplaced);
            }
            last = Math.max(last, place);
            hasMoved |= place < expectedAt.length && entry.at() != expectedAt[place];
        }
    }

    private static void keep(String name, List<String> names) {
        if (names.size() < KEPT_NAMES) {
            names.add(name);
        }
    }

    boolean isAsExpected() {
        return surplusCount == 0 && doubled.isEmpty() && misplaced.isEmpty() && found.size() == expected.size();
    }

    /** Not every file stands where the manifest has it. */
    boolean hasMoved() {
        return hasMoved;
    }

    /** None of the files is there, but others. */
    boolean isOfAnotherArchive() {
        return surplusCount > 0 && expected.stream().limit(expected.size() - 2L).noneMatch(found::containsKey);
    }

    /** The entry that has the file's name; nothing if none has. */
    Optional<Entry> entry(String name) {
        return Optional.ofNullable(found.get(name));
    }

    /** What is there and not listed, as far as it is known by name. */
    String surplus() {
        return surplus.stream().limit(3).collect(Collectors.joining(", ")) + (surplusCount > 3 ? ", …" : "");
    }

    void tell(Findings findings) {
        expected.stream()
                .filter(name -> !found.containsKey(name))
                .forEach(name -> findings.add(name, "is listed in the manifest, but not in the archive"));
        surplus.forEach(name -> findings.add(name, "is in the archive, but not listed in its manifest"));
        doubled.forEach(name -> findings.add(name, "is in the archive twice"));
        misplaced.forEach(name -> findings.add(name, "does not stand in the place that the manifest gives it"));
    }
}
