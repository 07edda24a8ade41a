package io.baler.standalone.verify;

import io.baler.job.evidence.Manifest;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds a ZIP's manifest and signature by looking for them from the file's end on, where the directory is damaged, or
 * what it leads to. Whatever is found is only where to look: that it stands in its place is for {@link Rebuilding} to say.
 */
final class SearchedEvidence {

    private static final int WINDOW = 1 << 20;

    /** Stands for any byte; a character that ISO 8859-1 has not. */
    private static final char ANY = '\uffff';

    // no line break and no control character is plain in JSON's strings, so none of these can stand within one
    private static final String LOCAL_MARK = "PK\u0003\u0004";
    private static final String HEADER =
            LOCAL_MARK + String.valueOf(ANY).repeat(ZipDirectory.LOCAL_HEADER - LOCAL_MARK.length()) + Manifest.NAME;
    private static final String BEGINNING = "{\n  \"schemaVersion\"";
    private static final String ENDING = "\n}\n";

    private final ArchiveFile archive;

    private SearchedEvidence(ArchiveFile archive) {
        this.archive = archive;
    }

    static Optional<Evidence> in(ArchiveFile archive) throws IOException {
        return new SearchedEvidence(archive).find();
    }

    private Optional<Evidence> find() throws IOException {
        var header = lastOf(HEADER);
        var begin = header >= 0 ? header + HEADER.length() : lastOf(BEGINNING);
        if (begin < 0) {
            return Optional.empty();
        }
        var ending = firstOf(ENDING, begin);
        // one without an end is no manifest, as whoever reads it will say
        var end = ending >= 0 ? ending + ENDING.length() : Math.min(archive.size(), begin + Evidence.LARGEST);
        var document = archive.read(begin, (int) (end - begin));
        var signature = archive.read(
                end + ZipDirectory.LOCAL_HEADER + Manifest.SIGNATURE_NAME.length(), Evidence.SIGNATURE_BYTES);
        return Optional.of(new Evidence(Evidence.Place.INSIDE, Manifest.NAME, document, signature));
    }

    /** Where it stands last in the file's end; -1 if nowhere. */
    private long lastOf(String wanted) throws IOException {
        var earliest = Math.max(0, archive.size() - Evidence.LARGEST);
        for (var to = archive.size(); to > earliest; ) {
            var from = Math.max(earliest, to - WINDOW);
            var window = archive.read(from, (int) (to - from) + wanted.length() - 1);
            for (var i = window.length - wanted.length(); i >= 0; i--) {
                if (isAt(wanted, window, i)) {
                    return from + i;
                }
            }
            to = from;
        }
        return -1;
    }

    /** Where it stands first behind a place; -1 if nowhere near enough. */
    private long firstOf(String wanted, long behind) throws IOException {
        var latest = Math.min(archive.size(), behind + Evidence.LARGEST - wanted.length());
        for (var from = behind; from < latest; from += WINDOW) {
            var window = archive.read(from, WINDOW + wanted.length() - 1);
            for (var i = 0; i + wanted.length() <= window.length; i++) {
                if (isAt(wanted, window, i)) {
                    return from + i;
                }
            }
        }
        return -1;
    }

    private static boolean isAt(String wanted, byte[] bytes, int at) {
        for (var i = 0; i < wanted.length(); i++) {
            if (wanted.charAt(i) != ANY && wanted.charAt(i) != (bytes[at + i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
