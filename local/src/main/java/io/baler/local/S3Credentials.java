package io.baler.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The one access key of the S3 server and its secret, made at random once and the same after every restart. */
record S3Credentials(String accessKey, String secretKey) {

    /** 30 bytes are 40 characters. */
    private static final int SECRET_BYTES = 30;

    private static final int ACCESS_KEY_BYTES = 15;

    static S3Credentials of(Path directory) {
        Path file = directory.resolve("credentials");
        try {
            return Files.exists(file) ? read(file) : random().keepIn(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static S3Credentials read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != 2 || lines.get(0).isBlank() || lines.get(1).isBlank()) {
            throw new IOException(file + " is damaged; delete it, and new credentials are made");
        }
        return new S3Credentials(lines.get(0), lines.get(1));
    }

    private static S3Credentials random() {
        var random = new SecureRandom();
        return new S3Credentials(text(random, ACCESS_KEY_BYTES), text(random, SECRET_BYTES));
    }

    private static String text(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whole or not at all, and never, not even for a moment, readable by others. */
    private S3Credentials keepIn(Path file) throws IOException {
        Path half = file.resolveSibling("credentials.new");
        Files.deleteIfExists(half);
        Files.createFile(half, OwnerOnly.file(half));
        Files.write(half, List.of(accessKey, secretKey), StandardOpenOption.SYNC);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        return this;
    }

    @Override
    public String toString() {
        return "S3Credentials[" + accessKey + "]";
    }
}
