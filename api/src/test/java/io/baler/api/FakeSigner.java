package io.baler.api;

import io.baler.job.Claim;
import io.baler.job.SignedManifest;
import io.baler.job.evidence.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Signs whatever it is given, as a worker does with manifests. */
final class FakeSigner {
    /** Not ASCII alone, so that nobody can take characters for bytes. */
    static final String NOTHING_MATCHED = "{ \"jobId\" : \"…\", \"exportedCount\" : 0 }\n";

    private final KeyPair pair;

    FakeSigner() {
        try {
            this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    VerificationKey key() {
        return VerificationKey.of(pair.getPublic().getEncoded());
    }

    SignedManifest sign(Claim claim, byte[] document, long offset) {
        return signed(claim, document, offset, null);
    }

    SignedManifest signNoMatch(Claim claim) {
        return signed(claim, NOTHING_MATCHED.getBytes(StandardCharsets.UTF_8), 0, NOTHING_MATCHED);
    }

    private SignedManifest signed(Claim claim, byte[] document, long offset, @Nullable String text) {
        return new SignedManifest(
                Objects.requireNonNull(claim.job().link()).position(),
                sha256(document),
                Base64.getEncoder().encodeToString(signature(document)),
                key().id(),
                document.length,
                offset,
                offset,
                sha256(new byte[0]),
                text);
    }

    private byte[] signature(byte[] document) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(document);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Lower-case hex. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
