package io.baler.job;

/** Manifests as far as the store has to do with them: what is in them and who signed it does not matter to it. */
final class SomeManifest {
    private SomeManifest() {}

    /** The claimed job's, at the place of the chain that it has been given. */
    static SignedManifest of(Claim claim) {
        var link = claim.job().link();
        return at(link == null ? 1 : link.position(), claim.jobId());
    }

    static SignedManifest at(int position, String jobId) {
        return new SignedManifest(
                position, "sha256-of-" + jobId, "signature", "key", 1_000, 2_000, 2_000, "sha256-of-data", null);
    }
}
