package io.baler.standalone.client;

import io.baler.job.evidence.Manifest;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** A manifest and its signature, to be kept beside each other: byte by byte as they were signed. */
public final class SignedManifest {

    private final byte[] document;
    private final byte[] signature;

    SignedManifest(byte[] document, byte[] signature) {
        this.document = document;
        this.signature = signature;
    }

    /** The manifest's file beside an archive, or beside where one would be. */
    public static Path manifestOf(Path archive) {
        return archive.resolveSibling(archive.getFileName() + Manifest.SUFFIX);
    }

    /** The signature's. */
    public static Path signatureOf(Path archive) {
        return archive.resolveSibling(archive.getFileName() + Manifest.SIGNATURE_SUFFIX);
    }

    /** Whether exactly these two are there already. */
    public boolean isBeside(Path archive) {
        return holds(manifestOf(archive), document) && holds(signatureOf(archive), signature);
    }

    private static boolean holds(Path file, byte[] content) {
        try {
            return Files.exists(file)
                    && Files.size(file) == content.length
                    && Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException e) {
            throw new CommandFailed(file + " cannot be read: " + Reason.of(e), e);
        }
    }

    public void writeBeside(Path archive) {
        write(signatureOf(archive), signature);
        write(manifestOf(archive), document);
    }

    /** Whole or not at all. */
    private static void write(Path file, byte[] content) {
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailed(file + " cannot be written: " + Reason.of(e), e);
        }
    }
}
