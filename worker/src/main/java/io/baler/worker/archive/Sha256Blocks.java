package io.baler.worker.archive;

/** What SHA-256 does with each block. */
interface Sha256Blocks {
    /** Of a block. */
    int BYTES = 64;

    /** Of the state, 32 bits each. */
    int WORDS = 8;

    /**
     * Goes on from the state {@code hash}, and changes it.
     *
     * @param length a multiple of {@link #BYTES}
     */
    void hash(int[] hash, byte[] bytes, int offset, int length);

    /** Of the caller's own: the system's where there is one, which has the processor's instructions for it. */
    static Sha256Blocks fastest() {
        return NativeSha256.find().<Sha256Blocks>map(blocks -> blocks).orElseGet(JavaSha256::new);
    }
}
