package io.baler.api.auth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/** What a token entitles to: scopes and roles that this api knows; whatever else it names is nothing here. */
final class TokenRights implements Converter<Jwt, Collection<GrantedAuthority>> {
    private final String rolesClaim;

    TokenRights(String rolesClaim) {
        this.rolesClaim = rolesClaim;
    }

    @Override
    public Collection<GrantedAuthority> convert(Jwt token) {
        var claims = token.getClaims();
        // RFC 8693 says scope, and some providers scp; as a text or as a list
        var scopes = Stream.concat(words(claims.get("scope")), words(claims.get("scp")))
                .toList();
        var rights = new ArrayList<GrantedAuthority>();
        Stream.of(Scope.values())
                .filter(scope -> scopes.contains(scope.value()))
                .map(Scope::authority)
                .forEach(rights::add);
        if (words(at(claims, rolesClaim)).anyMatch(Roles.ADMIN::equals)) {
            rights.add(Roles.authority(Roles.ADMIN));
        }
        return List.copyOf(rights);
    }

    /** A claim's own name may have dots, such as a URL; otherwise they lead into objects, as Keycloak's do. */
    private static @Nullable Object at(Map<?, ?> claims, String path) {
        var claim = claims.get(path);
        var dot = path.indexOf('.');
        if (claim != null || dot < 0) {
            return claim;
        }
        return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? at(inner, path.substring(dot + 1))
                : null;
    }

    private static Stream<String> words(@Nullable Object claim) {
        if (claim instanceof String text) {
            return Stream.of(text.split(" "));
        }
        return claim instanceof Collection<?> list
                ? list.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }
}
