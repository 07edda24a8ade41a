package io.baler.standalone.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongFunction;

/** Takes an archive that is written anew and compares it with the file, byte by byte, but for the files' contents. */
final class ComparedOutput extends OutputStream {

    private final ArchiveFile archive;
    private final Findings findings;
    private LongFunction<String> regions = at -> "the archive";
    private boolean told;
    private long position;
    private long notCompared;

    ComparedOutput(ArchiveFile archive, Findings findings) {
        this.archive = archive;
        this.findings = findings;
    }

    /** Where the next byte belongs. */
    long position() {
        return position;
    }

    /**
     * Only the first difference of what is written next is told.
     *
     * @param next names it, by the byte's place
     */
    void begin(LongFunction<String> next) {
        regions = next;
        told = false;
    }

    /** Stands for so many bytes of the file itself, which are compared with nothing. */
    InputStream content(long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return read(new byte[1], 0, 1) < 0 ? -1 : 0;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left == 0) {
                    return -1;
                }
                var n = (int) Math.min(left, length);
                left -= n;
                notCompared += n;
                return n;
            }
        };
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        var skipped = (int) Math.min(notCompared, count);
        notCompared -= skipped;
        position += skipped;
        compare(bytes, offset + skipped, count - skipped);
        position += count - skipped;
    }

    private void compare(byte[] bytes, int offset, int count) throws IOException {
        var found = told ? new byte[0] : archive.read(position, count);
        for (var i = 0; i < count && !told; i++) {
            if (i >= found.length) {
                tell(i, "is missing");
            } else if (found[i] != bytes[offset + i]) {
                tell(i, String.format("is %02x instead of %02x", found[i], bytes[offset + i]));
            }
        }
    }

    private void tell(int at, String what) {
        told = true;
        var place = position + at;
        findings.add("byte " + place + ", in " + regions.apply(place), what);
    }
}
