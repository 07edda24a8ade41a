package io.baler.api.auth;

import com.nimbusds.jose.KeySourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Says who presents a token: the embedded mode's one caller, or whom the identity provider names. */
final class BearerTokens implements AuthenticationManager {
    private final @Nullable StaticToken own;
    private final Authentication ownCaller;
    private final @Nullable AuthenticationManager jwts;

    /** @param jwts none = no token but the own one is believed */
    BearerTokens(ApiSettings settings, @Nullable AuthenticationManager jwts) {
        this.own = settings.hasToken() ? new StaticToken(settings.token()) : null;
        this.ownCaller = UsernamePasswordAuthenticationToken.authenticated(settings.user(), null, rights(settings));
        this.jwts = jwts;
    }

    private static List<GrantedAuthority> rights(ApiSettings settings) {
        var rights =
                new ArrayList<>(Stream.of(Scope.values()).map(Scope::authority).toList());
        if (settings.admin()) {
            rights.add(Roles.authority(Roles.ADMIN));
        }
        return List.copyOf(rights);
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        if (own != null && presented instanceof BearerTokenAuthenticationToken token && own.matches(token.getToken())) {
            return ownCaller;
        }
        if (jwts == null) {
            throw new InvalidBearerTokenException("not the token");
        }
        try {
            return jwts.authenticate(presented);
        } catch (AuthenticationServiceException failure) {
            throw isWantOfKeys(failure) ? failure : new InvalidBearerTokenException("cannot be verified", failure);
        }
    }

    /** Whatever else goes wrong with the verification of a token is the token's fault. */
    private static boolean isWantOfKeys(AuthenticationServiceException failure) {
        return failure.getCause() != null && failure.getCause().getCause() instanceof KeySourceException;
    }
}
