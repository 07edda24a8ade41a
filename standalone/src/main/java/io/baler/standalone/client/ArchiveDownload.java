package io.baler.standalone.client;

import io.baler.standalone.client.Export.Archive;
import io.baler.standalone.progress.Progress;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Brings an archive to a file: first under a temporary name beside it, and under its own only when size and SHA-256
 * are those that the server recorded. A broken connection is taken up where it broke.
 */
public final class ArchiveDownload {

    /** Tries in a row that bring not one byte. */
    private static final int TRIES = 6;

    private static final int BUFFER = 64 * 1024;

    private final BalerClient client;
    private final Duration pause;

    public ArchiveDownload(BalerClient client) {
        this(client, Duration.ofSeconds(1));
    }

    ArchiveDownload(BalerClient client, Duration pause) {
        this.client = client;
        this.pause = pause;
    }

    public void download(String id, Archive archive, Path target, Progress progress) {
        var part = target.resolveSibling(target.getFileName() + ".part");
        try (var file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (file.tryLock() == null) {
                throw new CommandFailed(part + " is being written by another download");
            }
            try {
                var sink = new HashedFile(file);
                fetch(id, archive, sink, progress);
                compare(archive, sink);
                file.force(true);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new CommandFailed(target + " cannot be written: " + Reason.of(e), e);
        }
    }

    private void fetch(String id, Archive archive, HashedFile file, Progress progress) throws IOException {
        file.restart();
        var fruitless = 0;
        while (true) {
            var before = file.size();
            try {
                receive(id, archive, file, progress);
                return;
            } catch (CallFailed e) {
                if (file.size() == archive.size()) {
                    return;
                }
                fruitless = file.size() > before ? 0 : fruitless + 1;
                if (!e.mayPass() || fruitless >= TRIES) {
                    throw e;
                }
            }
            Pause.of(pause);
        }
    }

    /** One connection's worth. */
    private void receive(String id, Archive archive, HashedFile file, Progress progress) throws IOException {
        var bytes = client.archive(id, file.size());
        if (!bytes.continued()) {
            file.restart();
        }
        var buffer = new byte[BUFFER];
        try (var stream = bytes.stream()) {
            for (var n = read(stream, buffer); n >= 0; n = read(stream, buffer)) {
                file.write(buffer, n);
                progress.at(file.size(), archive.size(), "");
            }
        }
    }

    private static int read(InputStream stream, byte[] buffer) {
        try {
            return stream.read(buffer);
        } catch (IOException e) {
            throw new Unreachable("the connection broke during the download", e);
        }
    }

    private static void compare(Archive archive, HashedFile file) {
        if (file.size() != archive.size()) {
            throw new CommandFailed(
                    "the download has " + file.size() + " bytes instead of " + archive.size() + "; it was thrown away");
        }
        var sha256 = file.sha256();
        if (archive.sha256() != null && !archive.sha256().equalsIgnoreCase(sha256)) {
            throw new CommandFailed(
                    "the download's SHA-256 is " + sha256 + " instead of " + archive.sha256() + "; it was thrown away");
        }
    }
}
