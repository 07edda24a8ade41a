package io.baler.standalone;

import io.baler.job.ArchiveFormat;
import io.baler.standalone.client.SignedManifest;
import io.baler.standalone.terminal.CommandFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

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
     * @param withManifest manifest and signature go beside it
     */
    Path file(String suggested, String id, boolean withManifest) {
        if (!isDirectory()) {
            files(out, withManifest).forEach(this::requireFree);
            return out;
        }
        var file = out.resolve(suggested);
        if (force || files(file, withManifest).noneMatch(Files::exists)) {
            return file;
        }
        var end = suggested.length() - suffix(suggested).length();
        var other = out.resolve(suggested.substring(0, end) + "-" + plain(id) + suggested.substring(end));
        files(other, withManifest).forEach(this::requireFree);
        return other;
    }

    /** Where an archive would be, beside which the statement goes that there is none. */
    Path none(String id, SignedManifest statement) {
        var directory = isDirectory() ? out : out.resolveSibling("");
        var archive = directory.resolve("audit-logs-" + plain(id));
        // the same statement may have been brought before
        if (!statement.isBeside(archive)) {
            Stream.of(SignedManifest.manifestOf(archive), SignedManifest.signatureOf(archive))
                    .forEach(this::requireFree);
        }
        return archive;
    }

    private static Stream<Path> files(Path archive, boolean withManifest) {
        return withManifest
                ? Stream.of(archive, SignedManifest.manifestOf(archive), SignedManifest.signatureOf(archive))
                : Stream.of(archive);
    }

    private static String suffix(String name) {
        return Arrays.stream(ArchiveFormat.values())
                .map(format -> "." + format.suffix())
                .filter(name::endsWith)
                .findFirst()
                .orElse("");
    }

    private static String plain(String id) {
        return id.replaceAll("\\W", "");
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
