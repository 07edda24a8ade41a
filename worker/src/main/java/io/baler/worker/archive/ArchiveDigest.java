package io.baler.worker.archive;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of an archive that is made on several machines one after the other: its state is saved with each part,
 * and whoever goes on restores it. The JDK's own digests cannot do that.
 */
public final class ArchiveDigest {

    private final ResumableSha256 sha256;

    private ArchiveDigest(ResumableSha256 sha256) {
        this.sha256 = sha256;
    }

    /** The digest as it was saved; from the beginning if there is no state. */
    static ArchiveDigest restore(@Nullable String state) {
        if (state == null) {
            return new ArchiveDigest(new ResumableSha256());
        }
        try {
            return new ArchiveDigest(ResumableSha256.of(Base64.getDecoder().decode(state)));
        } catch (RuntimeException e) {
            throw new IllegalStateException("the checkpoint's digest is no state of a SHA-256", e);
        }
    }

    /**
     * The SHA-256 of all bytes up to where the state was saved, lower-case hex. For the last part's state that is the
     * archive's.
     */
    public static String sha256(String state) {
        return restore(state).soFar();
    }

    void update(byte[] bytes, int offset, int count) {
        sha256.update(bytes, offset, count);
    }

    /** The SHA-256 of what came so far, lower-case hex; more may follow. */
    String soFar() {
        return HexFormat.of().formatHex(sha256.soFar());
    }

    String save() {
        return Base64.getEncoder().encodeToString(sha256.state());
    }
}
