package io.baler.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A caller who is known by the cookie of a session. */
final class SessionAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;

    private final transient WebSession session;
    private final transient String cookie;

    SessionAuthentication(WebSession session, String cookie) {
        super(AuthorityUtils.createAuthorityList(session.rights()));
        this.session = session;
        this.cookie = cookie;
        setAuthenticated(true);
    }

    String id() {
        return session.id();
    }

    Instant until() {
        return session.expiresAt();
    }

    /** A secret: for the browser alone. */
    String cookie() {
        return cookie;
    }

    String csrfToken() {
        return WebSessions.csrfToken(cookie);
    }

    boolean hasCsrfToken(@Nullable String presented) {
        return presented != null
                && MessageDigest.isEqual(
                        csrfToken().getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return session.name();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionAuthentication that && session.equals(that.session);
    }

    @Override
    public int hashCode() {
        return session.hashCode();
    }
}
