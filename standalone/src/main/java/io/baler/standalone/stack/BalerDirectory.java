package io.baler.standalone.stack;

import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import io.baler.worker.signing.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Baler itself keeps in its data directory, beside the embedded servers' data: the token, the key that signs, how
 * a running Baler is reached, the log. Only the owner can look in.
 */
public final class BalerDirectory {

    private static final String TOKEN = "token";
    private static final String SIGNING_KEY = "signing-key.pem";
    private static final String CONNECTION = "connection.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path path;

    private BalerDirectory(Path path) {
        this.path = path;
    }

    /** A directory to read from. */
    public static BalerDirectory at(Path path) {
        return new BalerDirectory(path);
    }

    /** A directory to keep things in: an existing Baler directory, an empty one, or a new one. */
    public static BalerDirectory make(Path path) {
        try {
            if (Files.isDirectory(path)) {
                requireOurs(path);
                if (hasPosixPermissions(path)) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
                }
            } else {
                Files.createDirectories(path, permissions(path, "rwx------"));
            }
            return new BalerDirectory(path);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** The same at every start, so that clients go on working. */
    public String token() {
        var file = path.resolve(TOKEN);
        try {
            if (!Files.exists(file)) {
                keep(file, NewToken.random() + "\n");
            }
            var token = Files.readString(file).strip();
            if (token.isEmpty()) {
                throw new CommandFailed(file + " is empty; delete it, and a new token is made");
            }
            return token;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /**
     * The private key that signs manifests, in PEM. It is made once and never replaced: whatever was signed with it
     * could then not be told from a forgery.
     */
    public String signingKey() {
        var file = signingKeyFile();
        try {
            if (!Files.exists(file)) {
                keep(file, NewSigningKey.pem());
            }
            var key = Files.readString(file, StandardCharsets.ISO_8859_1);
            SigningKey.of(key);
            return key;
        } catch (IOException e) {
            throw unusable(path, e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    file + " is damaged: " + e.getMessage() + ". Put the right one back; without it, delete the file,"
                            + " and what is exported from then on is signed with a new key",
                    e);
        }
    }

    /** Where {@link #signingKey} is kept. */
    public Path signingKeyFile() {
        return path.resolve(SIGNING_KEY);
    }

    public void write(Connection connection) {
        try {
            keep(path.resolve(CONNECTION), JSON.writeValueAsString(connection) + "\n");
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    public boolean hasConnection() {
        return Files.exists(path.resolve(CONNECTION));
    }

    /** How the Baler that was started last in this directory is, or was, reached. */
    public Connection connection() {
        var file = path.resolve(CONNECTION);
        try {
            return JSON.readValue(Files.readString(file), Connection.class);
        } catch (NoSuchFileException e) {
            throw new CommandFailed(
                    "there is no " + file
                            + ": start Baler here with \"serve\", name its --data-dir, or say where it is",
                    e);
        } catch (IOException e) {
            throw new CommandFailed(file + " cannot be read: " + Reason.of(e), e);
        } catch (JacksonException e) {
            throw new CommandFailed(file + " is damaged: the next start of \"serve\" writes it anew", e);
        }
    }

    public Path log() {
        return path.resolve("baler.log");
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** Whole or not at all, and never, not even for a moment, readable by others. */
    private void keep(Path file, String content) throws IOException {
        var half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half, permissions(half, "rw-------"));
        Files.write(half, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.SYNC);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Keeping others out of a directory that somebody uses for something else would be no favour. */
    private static void requireOurs(Path path) throws IOException {
        try (var files = Files.list(path)) {
            if (!Files.exists(path.resolve(TOKEN)) && files.findAny().isPresent()) {
                throw new CommandFailed("data directory " + path
                        + " holds something else: name an empty directory, or one that does not exist");
            }
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return hasPosixPermissions(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean hasPosixPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static CommandFailed unusable(Path path, IOException e) {
        return new CommandFailed("data directory " + path + " cannot be used: " + Reason.of(e), e);
    }
}
