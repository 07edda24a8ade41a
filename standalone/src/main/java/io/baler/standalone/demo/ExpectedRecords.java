package io.baler.standalone.demo;

import io.baler.standalone.terminal.CommandFailed;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Consumer;

/** Compares an archive's records with those that the source has: exactly these, and no other. */
final class ExpectedRecords implements Consumer<String> {

    private final Path archive;
    private final Iterator<String> expected;
    private long records;

    /** @param expected the records' ids as they are written, in order */
    ExpectedRecords(Path archive, Iterator<String> expected) {
        this.archive = archive;
        this.expected = expected;
    }

    /** @throws CommandFailed if another one belongs here */
    @Override
    public void accept(String id) {
        if (!expected.hasNext()) {
            throw wrong("record " + id + " is one too many");
        }
        var next = expected.next();
        if (!id.equals(next)) {
            throw wrong("record " + id + " stands where " + next + " belongs");
        }
        records++;
    }

    /** @throws CommandFailed if there should be more */
    void requireAll() {
        if (expected.hasNext()) {
            throw wrong("it ends after " + records + " records; the next would be " + expected.next());
        }
    }

    private CommandFailed wrong(String what) {
        return new CommandFailed("the archive " + archive + " is not what the source holds: " + what);
    }
}
