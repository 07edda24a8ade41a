package io.baler.standalone.client;

import org.jspecify.annotations.Nullable;

/**
 * A public key that manifests may be signed with.
 *
 * @param publicKey in PEM form
 * @param since when it was first used, in ISO 8601
 */
public record PublishedKey(
        String id,
        @Nullable String algorithm,
        String publicKey,
        @Nullable String since) {}
