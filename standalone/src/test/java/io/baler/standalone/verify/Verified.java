package io.baler.standalone.verify;

import io.baler.standalone.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A verification's outcome with everything that it told. */
record Verified(Verdict verdict, List<String> findings, List<String> ids) {

    static Verified of(Path file) {
        return of(file, TestArchive.trusted());
    }

    static Verified of(Path file, TrustedKeys keys) {
        var lines = new ArrayList<String>();
        var ids = new ArrayList<String>();
        var verdict = new Verification(keys, new Told(lines), ids::add).verify(file);
        return new Verified(verdict, lines, ids);
    }

    private record Told(List<String> lines) implements Progress {

        @Override
        public void at(long done, long total, String state) {
            if (done > total) {
                throw new AssertionError("more is done than there is: " + done + " of " + total);
            }
        }

        @Override
        public void note(String line) {
            lines.add(line);
        }

        @Override
        public void close() {}
    }
}
