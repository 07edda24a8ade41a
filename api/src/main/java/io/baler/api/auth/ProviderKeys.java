package io.baler.api.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.baler.job.OutageLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider's keys, fetched when the first token comes and not before: the provider may be down when the api starts,
 * and later too, without a token of a known key being refused.
 */
final class ProviderKeys implements JWKSource<SecurityContext> {
    /** After it keys are fetched anew, so that one which the provider has withdrawn does not hold for long. */
    static final Duration FRESH = Duration.ofMinutes(5);
    /** As long they hold while the provider cannot say whether they still do; it makes no new tokens meanwhile. */
    static final Duration KEPT = Duration.ofHours(4);
    /** Between two fetches, so that made-up key ids do not turn into as many calls of the provider. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(ProviderKeys.class);

    private final Source provider;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Known known;
    // both only under the lock
    private Instant nextFetch = Instant.MIN;
    private final OutageLog away = new OutageLog(
            log,
            "The token issuer's keys cannot be fetched ({}). Those known go on being good for " + KEPT.toHours()
                    + " hours; tokens of others are answered with 503",
            "The token issuer's keys can be fetched again");

    ProviderKeys(Source provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /** Where the keys come from. */
    interface Source {
        JWKSet fetch() throws IOException;
    }

    private record Known(JWKSet keys, Instant at) {}

    /** @throws KeySourceException if no keys can be had: nothing is said of the token then */
    @Override
    public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context) throws KeySourceException {
        var before = known;
        if (isToBeRenewed(before)) {
            renew(before);
        }
        var found = wanted.select(usable());
        if (found.isEmpty() && before != null && before.equals(known)) {
            // the provider may have a new one
            renew(before);
            found = wanted.select(usable());
        }
        return found;
    }

    /** Whoever has keys does not wait while another one fetches. */
    private boolean isToBeRenewed(@Nullable Known keys) {
        return keys == null || (isOlder(keys, FRESH) && !fetching.isLocked());
    }

    private boolean isOlder(Known keys, Duration age) {
        return keys.at().plus(age).isBefore(clock.instant());
    }

    private JWKSet usable() throws KeySourceException {
        var keys = known;
        if (keys == null || isOlder(keys, KEPT)) {
            throw new KeySourceException("the token issuer's keys cannot be had");
        }
        return keys.keys();
    }

    /** Unless somebody else has done it meanwhile, or tried it a moment ago. */
    private void renew(@Nullable Known before) {
        fetching.lock();
        try {
            if (Objects.equals(known, before) && !clock.instant().isBefore(nextFetch)) {
                fetch();
                nextFetch = clock.instant().plus(PAUSE);
            }
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        try {
            known = new Known(provider.fetch(), clock.instant());
            away.answered();
        } catch (IOException failure) {
            away.failed(failure.toString());
        }
    }
}
