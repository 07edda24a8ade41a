package io.baler.standalone.verify;

import io.baler.job.IdKind;
import io.baler.job.IdRun;
import io.baler.job.evidence.Manifest;
import io.baler.job.evidence.Manifest.FileEntry;
import io.baler.standalone.verify.id.BadId;
import io.baler.standalone.verify.id.Id;
import io.baler.standalone.verify.id.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether files hold what their manifest says: every byte, every record, every id. To be asked in the files' order. */
final class FileCheck {

    private final Manifest manifest;
    private final Findings findings;
    private final Consumer<String> ids;
    private final IdOrder order = new IdOrder();

    /** @param ids takes the records' ids as they are written */
    FileCheck(Manifest manifest, Findings findings, Consumer<String> ids) {
        this.manifest = manifest;
        this.findings = findings;
        this.ids = ids;
    }

    /**
     * Checks one.
     *
     * @return CRC-32 of its content; nothing if it cannot be read or is not the content that was signed
     */
    OptionalLong check(FileEntry file, InputStream compressed) throws IOException {
        Content content;
        try {
            content = Content.of(manifest.format(), compressed, file.bytes());
        } catch (IOException e) {
            findings.add(file.name(), String.valueOf(e.getMessage()));
            return skip();
        }
        try {
            var reading = read(file, content);
            var wrong = content.wrong(file.sha256());
            if (wrong.isPresent()) {
                findings.add(file.name(), wrong.get() + (reading.bad() == null ? "" : "; " + reading.bad()));
                return skip();
            }
            if (reading.bad() != null) {
                findings.add(file.name(), reading.bad());
                order.forget();
            } else if (reading.records() != file.count()) {
                findings.add(file.name(), "it has " + reading.records() + " records instead of " + file.count());
            }
            return OptionalLong.of(content.crc32());
        } finally {
            content.release();
        }
    }

    private OptionalLong skip() {
        order.forget();
        return OptionalLong.empty();
    }

    /** Leaves out a file that is not there. */
    void leaveOut() {
        order.forget();
    }

    boolean isOrderPartlyUnknown() {
        return order.wasPartlyUnknown();
    }

    /** What was read: up to the end, or up to where something else was than a record. */
    private record Reading(long records, @Nullable String bad) {}

    private Reading read(FileEntry file, Content content) {
        var number = 0L;
        try {
            var records = records(content);
            var kinds = new Kinds(file.ids());
            var kind = kinds.next();
            for (var id = records.next(kind); id.isPresent(); id = records.next(kind)) {
                number++;
                take(file, number, kind, id.get());
                kind = kinds.next();
            }
            return new Reading(number, null);
        } catch (BadRecord bad) {
            return new Reading(number, "record " + (number + 1) + " " + bad.getMessage());
        }
    }

    private Records records(Content content) {
        return switch (manifest.format()) {
            case JSON -> new JsonRecords(content, true);
            case NDJSON, NDJSON_GZ, NDJSON_ZST -> new JsonRecords(content, false);
            case CSV -> new CsvRecords(content, columns());
        };
    }

    private List<String> columns() {
        var engine = manifest.engine();
        var columns = engine == null ? null : engine.columns();
        return columns == null ? List.of() : columns;
    }

    private void take(FileEntry file, long number, IdKind kind, Id id) {
        var before = order.wrongBefore(kind, id);
        if (before != null) {
            findings.add(file.name(), "record " + number + " with the _id " + id + " cannot stand behind " + before);
        }
        if (number == 1) {
            requireSame(file, "first", file.firstId(), kind, id);
        }
        if (number == file.count()) {
            requireSame(file, "last", file.lastId(), kind, id);
        }
        ids.accept(id.text());
    }

    private void requireSame(FileEntry file, String which, JsonNode said, IdKind kind, Id found) {
        try {
            if (!Ids.inManifest(kind, said).maybeSame(found)) {
                findings.add(file.name(), "its " + which + " _id is " + found + " instead of " + said);
            }
        } catch (BadId bad) {
            findings.add(file.name(), "the manifest's " + which + "Id is wrong: " + bad.getMessage());
        }
    }

    /** The kinds of a file's ids one by one, of which the manifest may say any number. */
    private static final class Kinds {

        private final Iterator<IdRun> runs;
        private IdRun run;
        private long left;

        Kinds(List<IdRun> runs) {
            this.runs = runs.iterator();
            this.run = this.runs.next();
            this.left = run.count();
        }

        /** The last one again and again. */
        IdKind next() {
            if (left == 0 && runs.hasNext()) {
                run = runs.next();
                left = run.count();
            }
            left--;
            return run.kind();
        }
    }
}
