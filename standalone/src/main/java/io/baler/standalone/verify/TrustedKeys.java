package io.baler.standalone.verify;

import io.baler.job.evidence.VerificationKey;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The keys that may have signed. Without any, a manifest is held against the key that it names itself: then nobody has
 * changed the archive but somebody who signed anew.
 */
public final class TrustedKeys {

    /** Of some thousand keys. */
    private static final int LARGEST_FILE = 1 << 20;

    private final String source;
    private final List<VerificationKey> keys;

    private TrustedKeys(String source, List<VerificationKey> keys) {
        this.source = source;
        this.keys = List.copyOf(keys);
    }

    public static TrustedKeys none() {
        return new TrustedKeys("", List.of());
    }

    /** @param source where they are from, for people */
    public static TrustedKeys of(String source, List<VerificationKey> keys) {
        return new TrustedKeys(source, keys);
    }

    /** All public keys of a PEM file. */
    public static TrustedKeys in(Path file) {
        try (var stream = Files.newInputStream(file)) {
            var text = new String(stream.readNBytes(LARGEST_FILE), StandardCharsets.ISO_8859_1);
            return of(file.toString(), VerificationKey.ofPem(text));
        } catch (IOException e) {
            throw new CommandFailed(file + " cannot be read: " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(file + " is no file of public keys: " + e.getMessage(), e);
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    List<VerificationKey> keys() {
        return keys;
    }

    String source() {
        return source;
    }
}
