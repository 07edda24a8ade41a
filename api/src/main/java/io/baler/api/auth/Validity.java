package io.baler.api.auth;

import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** Until when a caller is who he or she was when the call began: for answers that take long. */
@Component
public final class Validity {
    private final JwtSettings settings;

    Validity(JwtSettings settings) {
        this.settings = settings;
    }

    /** When token or session end by the api's clock, at the latest that they are taken; none = they never do. */
    public @Nullable Instant until(@Nullable Principal caller) {
        if (caller instanceof JwtAuthenticationToken token && token.getToken().getExpiresAt() != null) {
            return token.getToken().getExpiresAt().plus(settings.clockSkew());
        }
        return caller instanceof SessionAuthentication session ? session.until() : null;
    }
}
