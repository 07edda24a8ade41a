package io.baler.worker.signing;

import io.baler.job.evidence.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/** An Ed25519 key: the same document always gets the same signature (RFC 8032). */
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");

    private final PrivateKey key;
    private final VerificationKey verificationKey;

    private SigningKey(PrivateKey key, VerificationKey verificationKey) {
        this.key = key;
        this.verificationKey = verificationKey;
    }

    /**
     * Reads a PKCS#8 key, as {@code openssl genpkey -algorithm ed25519} makes it: PEM, or the base64 in it alone.
     *
     * @throws IllegalArgumentException if it is none; the message repeats nothing of it
     */
    public static SigningKey of(String text) {
        var pem = PEM.matcher(text);
        try {
            return of(Base64.getMimeDecoder().decode(pem.find() ? pem.group(1) : text));
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            // without its cause, which may quote the key
            throw new IllegalArgumentException("it is no Ed25519 private key in PKCS#8");
        }
    }

    private static SigningKey of(byte[] der) throws GeneralSecurityException {
        var key = (EdECPrivateKey) KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
        return new SigningKey(key, VerificationKey.of(publicKeyOf(key).getEncoded()));
    }

    /**
     * The JDK does not tell the public key that belongs to a private one. But a private key is 32 random bytes (RFC 8032)
     * and nothing else, so the pair that is made of just these bytes is this key's.
     */
    private static PublicKey publicKeyOf(EdECPrivateKey key) throws GeneralSecurityException {
        byte[] bytes = key.getBytes().orElseThrow();
        var generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Known(bytes));
        var pair = generator.generateKeyPair();
        if (!Arrays.equals(((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow(), bytes)) {
            throw new IllegalStateException("this JDK does not make Ed25519 keys of the random bytes that it is given");
        }
        return pair.getPublic();
    }

    /** Random bytes that are known beforehand. */
    private static final class Known extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        Known(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(bytes, 0, into, 0, into.length);
        }
    }

    public VerificationKey verificationKey() {
        return verificationKey;
    }

    /** The 64 bytes of an Ed25519 signature over the document. */
    public byte[] sign(byte[] document) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(document);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", impossible);
        }
    }

    @Override
    public String toString() {
        return "SigningKey " + verificationKey.id();
    }
}
