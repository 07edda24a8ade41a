package io.baler.job.evidence;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The public half of an Ed25519 key: tells whether a manifest is as its signer left it. */
public final class VerificationKey {
    private static final String ALGORITHM = "Ed25519";
    private static final String NO_KEY = "it is no Ed25519 public key";
    private static final int ID_LENGTH = 16;
    private static final int SIGNATURE_LENGTH = 64;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]*)-----END PUBLIC KEY-----");

    private final PublicKey key;

    private VerificationKey(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads a SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException if it is not that of an Ed25519 key
     */
    public static VerificationKey of(byte[] der) {
        try {
            return new VerificationKey(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException other) {
            throw new IllegalArgumentException(NO_KEY, other);
        }
    }

    /**
     * Reads all keys of a PEM file; what stands around them is passed over.
     *
     * @throws IllegalArgumentException if there is none, or one that is no Ed25519 key
     */
    public static List<VerificationKey> ofPem(String text) {
        var keys = PEM.matcher(text)
                .results()
                .map(found -> ofBase64(found.group(1)))
                .toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it holds no PUBLIC KEY in PEM form");
        }
        return keys;
    }

    private static VerificationKey ofBase64(String text) {
        try {
            return of(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException other) {
            throw new IllegalArgumentException(NO_KEY, other);
        }
    }

    /** The first 16 hex digits of the SHA-256 of {@link #der}. */
    public String id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(der());
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** SubjectPublicKeyInfo, as {@code openssl pkey -pubin -inform DER} reads it. */
    public byte[] der() {
        return key.getEncoded();
    }

    /** The same as a PEM file has it, with a line break at its end. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(der())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** Whether the signature is this key's over exactly these bytes; false, too, for what is no signature at all. */
    public boolean verifies(byte[] signed, byte[] signature) {
        // the JDK does not look at what stands behind a signature
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        try {
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && that.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "Ed25519 " + id();
    }
}
