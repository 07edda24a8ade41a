package io.baler.worker.signing;

import io.baler.job.evidence.VerificationKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

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
        } catch (GeneralSecurityException | IOException | RuntimeException unreadable) {
            // without its cause, which may quote the key
            throw new IllegalArgumentException("it is no Ed25519 private key in PKCS#8");
        }
    }

    private static SigningKey of(byte[] der) throws GeneralSecurityException, IOException {
        var key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
        // the JDK does not tell the public key that belongs to a private one
        var parameters = (Ed25519PrivateKeyParameters) PrivateKeyFactory.createKey(der);
        var info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(parameters.generatePublicKey());
        return new SigningKey(key, VerificationKey.of(info.getEncoded()));
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
