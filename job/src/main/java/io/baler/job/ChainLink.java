package io.baler.job;

import org.jspecify.annotations.Nullable;

/**
 * Where an export's manifest stands in the chain of its requester's manifests of the same filters and format: each
 * names the one before it, so that none can be taken away unnoticed.
 *
 * @param position from 1
 * @param previousSha256 SHA-256 of the manifest before it, lower-case hex; none for the first
 * @param previousJob the export that it belongs to; none for the first
 */
public record ChainLink(
        int position,
        @Nullable String previousSha256,
        @Nullable String previousJob) {

    static final ChainLink FIRST = new ChainLink(1, null, null);

    public ChainLink {
        if (position < 1 || (position == 1) != (previousSha256 == null)) {
            throw new IllegalArgumentException("no link of a chain: " + position + " behind " + previousSha256);
        }
    }
}
