package io.baler.standalone.stack;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Makes keys that manifests are signed with, as {@code openssl genpkey -algorithm ed25519} does. */
public final class NewSigningKey {

    private NewSigningKey() {}

    /** A private key in PKCS#8 and PEM, with a line break at its end. */
    public static String pem() {
        try {
            var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key.getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", impossible);
        }
    }
}
