package io.baler.api.auth;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** The sessions of browsers, in MongoDB: every replica knows them, and a restart ends none. */
final class WebSessions {
    private static final int SECRET_BYTES = 32;

    private final MongoOperations mongo;
    private final SessionSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    WebSessions(MongoOperations mongo, SessionSettings settings, Clock clock) {
        this.mongo = mongo;
        this.settings = settings;
        this.clock = clock;
    }

    /** Creating it again changes nothing. */
    void ensureIndexes() {
        mongo.indexOps(WebSession.class)
                .createIndex(new Index("expiresAt", Direction.ASC).expire(0).named("retention"));
    }

    /**
     * Begins one.
     *
     * @param until when the caller's token expires; none = it does not
     */
    SessionAuthentication begin(Authentication caller, @Nullable Instant until) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        var value = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        var end = clock.instant().plus(settings.session());
        var rights = caller.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(WebSessions::isOurs)
                .toList();
        var session = new WebSession(
                digest(value), caller.getName(), rights, until != null && until.isBefore(end) ? until : end);
        mongo.insert(session);
        return new SessionAuthentication(session, value);
    }

    /** What Spring adds about how somebody was authenticated is no right. */
    private static boolean isOurs(@Nullable String authority) {
        return authority != null && (authority.startsWith("SCOPE_") || authority.startsWith("ROLE_"));
    }

    Optional<SessionAuthentication> find(String cookie) {
        return Optional.ofNullable(mongo.findById(digest(cookie), WebSession.class))
                // MongoDB removes them up to a minute late
                .filter(session -> session.expiresAt().isAfter(clock.instant()))
                .map(session -> new SessionAuthentication(session, cookie));
    }

    void end(SessionAuthentication session) {
        mongo.remove(query(where("_id").is(session.id())), WebSession.class);
    }

    /** What a page sends along with what changes something; nobody has it who does not have the cookie. */
    static String csrfToken(String cookie) {
        return digest("baler csrf token of " + cookie);
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<String> names(Authentication caller) {
        return caller.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(WebSessions::isOurs)
                .map(authority -> authority.substring(authority.indexOf('_') + 1))
                .sorted()
                .toList();
    }
}
