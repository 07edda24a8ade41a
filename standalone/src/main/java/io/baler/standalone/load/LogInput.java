package io.baler.standalone.load;

import io.baler.standalone.progress.Progress;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A place that logs come from: a file or standard input, plain or compressed with gzip. */
public final class LogInput implements AutoCloseable {

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final String name;
    private final @Nullable Path file;
    private final @Nullable Path spool;
    private final InputStream stream;

    private LogInput(String name, @Nullable Path file, @Nullable Path spool, InputStream stream) {
        this.name = name;
        this.file = file;
        this.spool = spool;
        this.stream = stream;
    }

    public static LogInput of(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailed(file + " cannot be read: "
                    + (Files.isDirectory(file)
                            ? "it is a directory"
                            : Files.exists(file) ? "permission denied" : "no such file"));
        }
        return new LogInput(file.toString(), file, null, InputStream.nullInputStream());
    }

    /** A stream that can be read once. */
    public static LogInput of(InputStream stream) {
        return new LogInput("standard input", null, null, stream);
    }

    /** The same, and if it is a stream or a pipe a copy of it in a temporary file, which goes when that is closed. */
    public LogInput readableTwice() {
        if (file != null && Files.isRegularFile(file)) {
            return this;
        }
        try {
            var copy = Files.createTempFile("baler-import", ".spool");
            var input = new LogInput(name, copy, copy, InputStream.nullInputStream());
            try (var original = stored()) {
                Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
                return input;
            } catch (IOException e) {
                input.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CommandFailed(name + " cannot be kept in a temporary file: " + Reason.of(e), e);
        }
    }

    String name() {
        return name;
    }

    /** Bytes as they are stored, or {@link Progress#UNKNOWN}. */
    long size() {
        try {
            // pipes and devices have no size
            return file == null || !Files.isRegularFile(file) ? Progress.UNKNOWN : Files.size(file);
        } catch (IOException e) {
            return Progress.UNKNOWN;
        }
    }

    /** Stored bytes of all, or {@link Progress#UNKNOWN}. */
    public static long totalSize(List<LogInput> inputs) {
        return inputs.stream().anyMatch(input -> input.size() < 0)
                ? Progress.UNKNOWN
                : inputs.stream().mapToLong(LogInput::size).sum();
    }

    /** @param taken is told how many stored bytes were read each time */
    InputStream open(LongConsumer taken) throws IOException {
        var stored = new BufferedInputStream(new CountedInput(stored(), taken), RecordReader.BUFFER);
        stored.mark(2);
        var zipped = stored.read() == GZIP_FIRST && stored.read() == GZIP_SECOND;
        stored.reset();
        return zipped ? new GZIPInputStream(stored, RecordReader.BUFFER) : stored;
    }

    private InputStream stored() throws IOException {
        return file == null ? stream : Files.newInputStream(file);
    }

    @Override
    public void close() {
        try {
            if (spool != null) {
                Files.deleteIfExists(spool);
            }
        } catch (IOException e) {
            // it lies in the directory for temporary files, which is emptied by others
        }
    }
}
