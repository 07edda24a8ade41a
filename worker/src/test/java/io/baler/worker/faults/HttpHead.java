package io.baler.worker.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first line and the headers of an HTTP/1.1 message, kept as they came: they are signed. */
final class HttpHead {
    private final String text;

    private HttpHead(String text) {
        this.text = text;
    }

    /** Returns null at the end of the connection. */
    static @Nullable HttpHead read(InputStream in) throws IOException {
        var line = line(in);
        if (line.isEmpty()) {
            return null;
        }
        var text = new StringBuilder();
        for (; !line.equals("\r\n"); line = line(in)) {
            if (line.isEmpty()) {
                throw new EOFException("in the middle of a head");
            }
            text.append(line);
        }
        return new HttpHead(text.append("\r\n").toString());
    }

    /** One line with its end; empty at the end of the connection. */
    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n') {
                break;
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    String firstLine() {
        return text.substring(0, text.indexOf('\r'));
    }

    int status() {
        return Integer.parseInt(firstLine().split(" ")[1]);
    }

    boolean expectsContinue() {
        return header("expect").filter("100-continue"::equalsIgnoreCase).isPresent();
    }

    Optional<String> header(String name) {
        var wanted = name.toLowerCase(Locale.ROOT) + ":";
        return text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
                .map(line -> line.substring(wanted.length()).strip())
                .findFirst();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Passes on what follows this head, in whichever of the two ways its length is told. */
    void copyBody(InputStream in, OutputStream out) throws IOException {
        if (header("transfer-encoding").isPresent()) {
            copyChunks(in, out);
        } else {
            copy(in, out, length());
        }
    }

    long length() {
        return header("content-length").map(Long::parseLong).orElse(0L);
    }

    private static void copyChunks(InputStream in, OutputStream out) throws IOException {
        long size;
        do {
            var line = line(in);
            out.write(line.getBytes(StandardCharsets.ISO_8859_1));
            size = Long.parseLong(line.strip(), 16);
            // with the line end behind it; no trailers are used
            copy(in, out, size + 2);
        } while (size > 0);
    }

    static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        var buffer = new byte[64 * 1024];
        for (var left = bytes; left > 0; ) {
            var n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException("in the middle of a body");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }
}
