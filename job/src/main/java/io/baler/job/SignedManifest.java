package io.baler.job;

import org.jspecify.annotations.Nullable;

/**
 * What an export's manifest is, once nothing in it can change any more.
 *
 * @param position in its chain, see {@link ChainLink}
 * @param sha256 of its bytes, lower-case hex
 * @param signature Ed25519 over its bytes, base64
 * @param keyId of the key that signed, see {@code VerificationKey}
 * @param bytes its size
 * @param offset where its bytes begin in the object that holds it: in the archive or, where that cannot hold it, in one
 *     of its own
 * @param dataBytes bytes of the archive before the manifest, or all of them where the manifest is not in it
 * @param dataSha256 SHA-256 of these, lower-case hex
 * @param text the manifest itself, where there is no archive because nothing matched
 */
public record SignedManifest(
        int position,
        String sha256,
        String signature,
        String keyId,
        long bytes,
        long offset,
        long dataBytes,
        String dataSha256,
        @Nullable String text) {}
