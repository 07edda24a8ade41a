package io.baler.standalone.verify;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads the entries that a ZIP's central directory lists, whoever wrote it. Keeps none of them. */
final class ZipDirectory {

    /** One entry as the directory has it; {@code at} is where its local header begins. */
    record Entry(String name, int method, long compressedSize, long at) {

        boolean isStored() {
            return method == STORED;
        }

        boolean isDeflated() {
            return method == DEFLATED;
        }
    }

    static final int LOCAL_HEADER = 30;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int NAME_LENGTH_IN_HEADER = 26;

    private static final int END_MARK = 0x06054b50;
    private static final int END = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int END64_MARK = 0x06064b50;
    private static final int END64 = 56;
    private static final int LOCATOR_MARK = 0x07064b50;
    private static final int LOCATOR = 20;
    private static final int ENTRY_MARK = 0x02014b50;
    private static final int ENTRY = 46;
    private static final int ZIP64 = 1;
    private static final long IN_ZIP64 = 0xffff_ffffL;
    private static final int BUFFER = 64 << 10;

    private final ArchiveFile archive;

    ZipDirectory(ArchiveFile archive) {
        this.archive = archive;
    }

    /** Reads all of it; false if it is not whole, so that nothing can be said of what was read. */
    boolean forEach(Consumer<Entry> entries) throws IOException {
        var end = end();
        if (end.remaining() < END) {
            return false;
        }
        long size = Integer.toUnsignedLong(end.getInt(12));
        long at = Integer.toUnsignedLong(end.getInt(16));
        if (at == IN_ZIP64 || size == IN_ZIP64 || end.getShort(10) == -1) {
            var end64 = end64(archive.size() - end.remaining());
            if (end64.remaining() < END64) {
                return false;
            }
            size = end64.getLong(40);
            at = end64.getLong(48);
        }
        if (at < 0 || size < 0 || at > archive.size() || size > archive.size() - at) {
            return false;
        }
        try (var stream = new BufferedInputStream(archive.stream(at, size), BUFFER)) {
            for (var left = size; left > 0; ) {
                var read = readEntry(stream, entries);
                if (read == 0) {
                    return false;
                }
                left -= read;
            }
        }
        return true;
    }

    /** The entry's bytes as they are in the file; none where it ends before. */
    InputStream stored(Entry entry) throws IOException {
        var lengths = littleEndian(archive.read(entry.at() + NAME_LENGTH_IN_HEADER, Integer.BYTES));
        if (lengths.remaining() < Integer.BYTES) {
            return InputStream.nullInputStream();
        }
        var header = LOCAL_HEADER + Short.toUnsignedInt(lengths.getShort()) + Short.toUnsignedInt(lengths.getShort());
        return archive.stream(entry.at() + header, entry.compressedSize());
    }

    /** From the end record on; empty if there is none. */
    private ByteBuffer end() throws IOException {
        var most = (int) Math.min(archive.size(), END + LONGEST_COMMENT);
        var tail = littleEndian(archive.read(archive.size() - most, most));
        for (var at = tail.limit() - END; at >= 0; at--) {
            if (tail.getInt(at) == END_MARK) {
                return tail.slice(at, tail.limit() - at).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        return ByteBuffer.allocate(0);
    }

    private ByteBuffer end64(long endAt) throws IOException {
        var locator = littleEndian(archive.read(Math.max(0, endAt - LOCATOR), LOCATOR));
        if (locator.remaining() < LOCATOR || locator.getInt(0) != LOCATOR_MARK) {
            return ByteBuffer.allocate(0);
        }
        var at = locator.getLong(8);
        var end64 = littleEndian(at < 0 ? new byte[0] : archive.read(at, END64));
        return end64.remaining() == END64 && end64.getInt(0) == END64_MARK ? end64 : ByteBuffer.allocate(0);
    }

    /** Returns how many bytes it has; 0 if there is none. */
    private static int readEntry(InputStream stream, Consumer<Entry> entries) throws IOException {
        var entry = littleEndian(stream.readNBytes(ENTRY));
        if (entry.remaining() < ENTRY || entry.getInt(0) != ENTRY_MARK) {
            return 0;
        }
        var name = stream.readNBytes(Short.toUnsignedInt(entry.getShort(28)));
        var extra = littleEndian(stream.readNBytes(Short.toUnsignedInt(entry.getShort(30))));
        var comment = stream.readNBytes(Short.toUnsignedInt(entry.getShort(32)));
        entries.accept(new Entry(
                new String(name, StandardCharsets.UTF_8),
                entry.getShort(10),
                Integer.toUnsignedLong(entry.getInt(20)),
                at(entry, extra)));
        return ENTRY + name.length + extra.limit() + comment.length;
    }

    private static long at(ByteBuffer entry, ByteBuffer extra) {
        var at = Integer.toUnsignedLong(entry.getInt(42));
        return at == IN_ZIP64 ? atInZip64(entry, extra) : at;
    }

    /** Behind the sizes, as far as these are there, too. */
    private static long atInZip64(ByteBuffer entry, ByteBuffer extra) {
        while (extra.remaining() >= Integer.BYTES) {
            var id = Short.toUnsignedInt(extra.getShort());
            var length = Short.toUnsignedInt(extra.getShort());
            if (length > extra.remaining()) {
                break;
            }
            if (id == ZIP64) {
                var before = (entry.getInt(20) == -1 ? Long.BYTES : 0) + (entry.getInt(24) == -1 ? Long.BYTES : 0);
                return length >= before + Long.BYTES ? extra.getLong(extra.position() + before) : IN_ZIP64;
            }
            extra.position(extra.position() + length);
        }
        return IN_ZIP64;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
