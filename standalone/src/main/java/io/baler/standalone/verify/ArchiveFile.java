package io.baler.standalone.verify;

import io.baler.standalone.progress.Progress;
import io.baler.standalone.terminal.CommandFailed;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The file that is verified, read at any place; tells how far that is. */
final class ArchiveFile implements Closeable {

    private static final int BUFFER = 128 << 10;
    /** All of it is read for its hash, and again file by file. */
    private static final int TIMES_READ = 2;

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final Progress progress;
    private long streamed;

    private ArchiveFile(Path path, FileChannel channel, Progress progress) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
        this.progress = progress;
    }

    static ArchiveFile open(Path path, Progress progress) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new CommandFailed(path + " is no file");
        }
        return new ArchiveFile(path, FileChannel.open(path), progress);
    }

    Path path() {
        return path;
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    long size() {
        return size;
    }

    /** The bytes there; fewer where the file ends before. */
    byte[] read(long at, int count) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.min(count, behind(at)));
        for (var n = 0; n >= 0 && buffer.hasRemaining(); ) {
            n = channel.read(buffer, at + buffer.position());
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** The bytes there, one after the other; fewer where the file ends before. */
    InputStream stream(long at, long count) {
        return new Slice(at, count);
    }

    /** How many bytes are there; none where no byte can be, which is what a damaged directory may lead to. */
    private long behind(long at) {
        return at < 0 ? 0 : Math.max(0, size - at);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Slice extends InputStream {

        private final ByteBuffer one = ByteBuffer.allocate(1);
        private long at;
        private long left;

        Slice(long at, long count) {
            this.at = at;
            this.left = Math.max(0, Math.min(count, behind(at)));
        }

        @Override
        public int read() throws IOException {
            return read(one.array(), 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one.get(0));
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            var most = (int) Math.min(Math.min(count, BUFFER), left);
            var n = most == 0 && count > 0 ? -1 : channel.read(ByteBuffer.wrap(into, offset, most), at);
            if (n > 0) {
                at += n;
                left -= n;
                streamed += n;
                progress.at(Math.min(streamed / TIMES_READ, size), size, "");
            }
            return n;
        }
    }
}
