package io.baler.standalone.demo;

import io.baler.standalone.terminal.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a whole archive and makes sure that it is undamaged and holds exactly the expected records: each one once, in
 * ascending order, and no other.
 */
final class ArchiveCheck {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String MANIFEST = "_manifest/";

    private final Path archive;
    private final Iterator<String> expected;

    private long records;
    private int files;
    private long bytes;
    private String last = "";

    /** @param expected the records' ids as hex, ascending */
    ArchiveCheck(Path archive, Iterator<String> expected) {
        this.archive = archive;
        this.expected = expected;
    }

    /** @throws CommandFailed naming what is wrong */
    void run() {
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : inOrder(zip)) {
                read(zip, entry);
            }
        } catch (IOException | JacksonException e) {
            throw wrong("it cannot be read to its end: " + e.getMessage());
        }
        if (expected.hasNext()) {
            throw wrong("it ends after " + records + " records; the next would be " + expected.next());
        }
    }

    long records() {
        return records;
    }

    int files() {
        return files;
    }

    /** Of JSON in the files of records. */
    long bytes() {
        return bytes;
    }

    private static List<ZipEntry> inOrder(ZipFile zip) {
        return zip.stream()
                .sorted(Comparator.comparing(ZipEntry::getName))
                .<ZipEntry>map(entry -> entry)
                .toList();
    }

    private void read(ZipFile zip, ZipEntry entry) throws IOException {
        var crc = new CRC32();
        try (var content = new CheckedInputStream(zip.getInputStream(entry), crc);
                var parser = JSON.createParser(ObjectReadContext.empty(), (InputStream) content)) {
            if (entry.getName().startsWith(MANIFEST)) {
                parser.nextToken();
                parser.skipChildren();
            } else {
                readRecords(entry, parser);
            }
            if (parser.nextToken() != null) {
                throw wrong(entry + " goes on after its JSON");
            }
        }
        // the JDK compares checksums only when it reads an archive as a stream
        if (crc.getValue() != entry.getCrc()) {
            throw wrong(entry + " has a wrong CRC-32");
        }
    }

    private void readRecords(ZipEntry entry, JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw wrong(entry + " is no JSON array");
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            take(id(entry, parser));
        }
        files++;
        bytes += entry.getSize();
    }

    private void take(String id) {
        if (id.compareTo(last) <= 0) {
            throw wrong("record " + id + " comes after " + last);
        }
        if (!expected.hasNext()) {
            throw wrong("record " + id + " is one too many");
        }
        var next = expected.next();
        if (!id.equals(next)) {
            throw wrong("record " + id + " stands where " + next + " belongs");
        }
        last = id;
        records++;
    }

    private String id(ZipEntry entry, JsonParser parser) {
        var id = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var isId = "_id".equals(parser.currentName());
            parser.nextToken();
            if (isId) {
                id = parser.getString();
            }
            parser.skipChildren();
        }
        if (id.isEmpty()) {
            throw wrong(entry + " holds a record without _id");
        }
        return id;
    }

    private CommandFailed wrong(String what) {
        return new CommandFailed("the archive " + archive + " is not as it must be: " + what);
    }
}
