package io.baler.standalone;

import io.baler.standalone.terminal.CommandFailed;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an archive goes on this computer. What stands in its way is told before anything is requested. */
final class ArchiveTarget {

    private final Path out;
    private final boolean force;

    /** @param out a file, or a directory that the file goes into under the name that the server suggests */
    ArchiveTarget(Path out, boolean force) {
        this.out = out;
        this.force = force;
    }

    void requireWritable() {
        var directory = isDirectory() ? out.toAbsolutePath() : parent(out);
        if (!Files.isDirectory(directory)) {
            throw new CommandFailed(directory + " is no directory: the archive cannot go there");
        }
        if (!Files.isWritable(directory)) {
            throw new CommandFailed(directory + " cannot be written: permission denied");
        }
        if (!isDirectory()) {
            requireFree(out);
        }
    }

    /**
     * The file for an archive.
     *
     * @param suggested the server's name for it, the same for every export with these filters
     * @param id the export's, which tells its archive from an older one that has the name already
     */
    Path file(String suggested, String id) {
        if (!isDirectory()) {
            requireFree(out);
            return out;
        }
        var file = out.resolve(suggested);
        if (force || !Files.exists(file)) {
            return file;
        }
        var other = out.resolve(suggested.replaceFirst("(\\.zip)?$", "-" + id.replaceAll("\\W", "") + "$1"));
        requireFree(other);
        return other;
    }

    private void requireFree(Path file) {
        if (!force && Files.exists(file)) {
            throw new CommandFailed(file + " exists already; --force overwrites it, --out names another");
        }
    }

    private boolean isDirectory() {
        return Files.isDirectory(out.toAbsolutePath());
    }

    private static Path parent(Path file) {
        var parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }
}
