package io.baler.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that belongs to one stack at a time, whatever process that stack is in. */
final class DataDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);

    /**
     * The directories of this JVM's stacks. A file lock is no help within one JVM, and worse: on POSIX, closing a second
     * channel on a locked file gives up the lock that the first one holds.
     */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final @Nullable FileChannel lock;

    private DataDirectory(Path directory, @Nullable FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** @param given null for a temporary directory, deleted on close */
    static DataDirectory open(@Nullable Path given) {
        if (given == null) {
            return new DataDirectory(temporary(), null);
        }
        Path directory = create(given);
        if (!OPEN.add(directory)) {
            throw LocalStackFailed.directory(given, "is in use by this process", null);
        }
        try {
            return new DataDirectory(directory, lock(directory));
        } catch (RuntimeException e) {
            OPEN.remove(directory);
            throw e;
        }
    }

    private static FileChannel lock(Path directory) {
        try {
            var file = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (file.tryLock() == null) {
                file.close();
                throw LocalStackFailed.directory(
                        directory, "is in use by another process; stop that one or choose another directory", null);
            }
            return file;
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("local-stack-").toRealPath();
        } catch (IOException e) {
            throw unusable(Path.of(System.getProperty("java.io.tmpdir", ".")), e);
        }
    }

    boolean isTemporary() {
        return lock == null;
    }

    /** The directory of one server, made if it is missing. */
    Path path(String server) {
        return create(directory.resolve(server));
    }

    /**
     * Makes the directory unless it is there.
     *
     * @return the absolute path
     */
    static Path create(Path directory) {
        try {
            return Files.createDirectories(directory, OwnerOnly.directory(directory))
                    .toRealPath();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static LocalStackFailed unusable(Path directory, IOException cause) {
        String reason = cause.toString();
        if (cause instanceof FileAlreadyExistsException) {
            reason = "it is a file";
        } else if (cause instanceof AccessDeniedException) {
            reason = "this user may not write there";
        } else if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            reason = failure.getReason();
        }
        return LocalStackFailed.directory(
                directory, "cannot be used (" + reason + "); choose another directory", cause);
    }

    @Override
    public void close() {
        if (lock == null) {
            deleteAll();
        } else if (lock.isOpen()) {
            try {
                lock.close();
                OPEN.remove(directory);
            } catch (IOException e) {
                log.warn("Lock of {} was not given up before the end of this process: {}", directory, e.toString());
            }
        }
    }

    private void deleteAll() {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.warn(
                    "Temporary directory {} could not be deleted and can be removed by hand: {}",
                    directory,
                    e.toString());
        }
    }
}
