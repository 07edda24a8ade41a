package io.baler.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that no generation needs any more: an upload to abort and a key to delete.
 *
 * @param sweptAt database time of the last look at which something of it was there to remove; none before the first
 */
public record Garbage(String key, String uploadId, @Nullable Instant sweptAt) {

    /** As it is thrown away. */
    public Garbage(String key, String uploadId) {
        this(key, uploadId, null);
    }
}
