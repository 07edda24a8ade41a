package io.baler.standalone.verify;

import io.baler.job.evidence.Manifest;
import io.baler.job.evidence.VerificationKey;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a manifest is as somebody who had the key has left it. */
final class SignatureCheck {

    private final TrustedKeys trusted;
    private final Findings findings;

    SignatureCheck(TrustedKeys trusted, Findings findings) {
        this.trusted = trusted;
        this.findings = findings;
    }

    void check(Evidence evidence, Manifest manifest) {
        var named = named(evidence, manifest);
        if (trusted.isEmpty()) {
            named.filter(key -> !key.verifies(evidence.document(), evidence.signature()))
                    .ifPresent(key -> findings.add(evidence.name(), broken(manifest)));
            return;
        }
        var signer = trusted.keys().stream()
                .filter(key -> key.verifies(evidence.document(), evidence.signature()))
                .findFirst();
        if (signer.isEmpty()) {
            findings.add(evidence.name(), isTrusted(manifest) ? broken(manifest) : stranger(manifest));
        } else if (!signer.get().id().equals(manifest.signingKey())) {
            findings.add(
                    evidence.name(),
                    "names the key " + manifest.signingKey() + ", but is signed by "
                            + signer.get().id());
        }
    }

    /** The key that the manifest says it is signed with. */
    private Optional<VerificationKey> named(Evidence evidence, Manifest manifest) {
        try {
            var key = VerificationKey.of(Base64.getDecoder().decode(manifest.publicKey()));
            if (!key.id().equals(manifest.signingKey())) {
                findings.add(
                        evidence.name(),
                        "names the key " + manifest.signingKey() + ", but holds that with the id " + key.id());
            }
            return Optional.of(key);
        } catch (IllegalArgumentException none) {
            findings.add(evidence.name(), "holds no Ed25519 public key where its own should be");
            return Optional.empty();
        }
    }

    private boolean isTrusted(Manifest manifest) {
        return trusted.keys().stream().anyMatch(key -> key.id().equals(manifest.signingKey()));
    }

    private static String broken(Manifest manifest) {
        return "the signature is not that of the key " + manifest.signingKey()
                + " over this manifest: it, or the signature, was changed";
    }

    private String stranger(Manifest manifest) {
        return "is signed with the key " + manifest.signingKey() + ", as it says itself, and not with one of "
                + trusted.source() + " ("
                + trusted.keys().stream().map(VerificationKey::id).collect(Collectors.joining(", ")) + ")";
    }
}
