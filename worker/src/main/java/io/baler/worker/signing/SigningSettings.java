package io.baler.worker.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the key is that signs manifests: an Ed25519 private key in PKCS#8. Alike for all workers.
 *
 * @param key itself: PEM, or its base64
 * @param keyFile a file that holds it
 */
@ConfigurationProperties("baler.signing")
public record SigningSettings(
        @Nullable String key, @Nullable Path keyFile) {

    /** PEM, or what every Ed25519 key in PKCS#8 has in its base64, with its public half or without. */
    private static final Pattern LOOKS_LIKE_A_KEY = Pattern.compile("PRIVATE KEY|[\\r\\n]|BQYDK2VwBCIEI");

    public SigningSettings {
        if ((key == null || key.isBlank()) == (keyFile == null)) {
            throw new IllegalArgumentException(
                    "baler.signing.key or baler.signing.key-file: must be set, one of them, to"
                            + " an Ed25519 private key; \"openssl genpkey -algorithm ed25519\" makes one");
        }
        if (keyFile != null && LOOKS_LIKE_A_KEY.matcher(keyFile.toString()).find()) {
            // and not repeated, for this is printed
            throw new IllegalArgumentException(
                    "baler.signing.key-file: holds a key itself and not the name of a file; set baler.signing.key to it");
        }
        // at the start, where somebody sees it
        read(key, keyFile);
    }

    SigningKey signingKey() {
        return read(key, keyFile);
    }

    private static SigningKey read(@Nullable String key, @Nullable Path keyFile) {
        var name = keyFile == null ? "baler.signing.key" : "baler.signing.key-file";
        try {
            return SigningKey.of(keyFile == null ? String.valueOf(key) : Files.readString(keyFile));
        } catch (IOException unreadable) {
            // without causes: at the start Spring Boot shows the last of them alone, which does not know the name
            throw new IllegalArgumentException(name + ": " + keyFile + " cannot be read ("
                    + unreadable.getClass().getSimpleName() + ")");
        } catch (IllegalArgumentException other) {
            throw new IllegalArgumentException(name + ": " + other.getMessage());
        }
    }

    /** Without the key: settings are printed when something is wrong with them. */
    @Override
    public String toString() {
        return "SigningSettings[keyFile=" + keyFile + "]";
    }
}
