package io.baler.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

class TokenRightsTest {

    @Test
    void scopesAreATextOrAListUnderEitherName() {
        var both = new String[] {"SCOPE_exports:read", "SCOPE_exports:write"};

        assertThat(rights("roles", Map.of("scope", "openid exports:write exports:read")))
                .containsExactly(both);
        assertThat(rights("roles", Map.of("scp", List.of("exports:read", "exports:write"))))
                .containsExactly(both);
        assertThat(rights("roles", Map.of("scope", "exports:read", "scp", "exports:write")))
                .containsExactly(both);
        assertThat(rights("roles", Map.of("scope", List.of("exports:read", 7, Map.of()))))
                .containsExactly("SCOPE_exports:read");
    }

    @Test
    void whatIsNotExactlyAScopeIsNone() {
        assertThat(rights(
                        "roles", Map.of("scope", "exports EXPORTS:READ exports:readwrite exports:read,exports:write")))
                .isEmpty();
        assertThat(rights("roles", Map.of("scope", Map.of("exports:read", true), "scp", 1)))
                .isEmpty();
        assertThat(rights("roles", Map.of("x", "y"))).isEmpty();
    }

    @Test
    void theRoleIsARoleAndNoScope() {
        assertThat(rights("roles", Map.of("roles", List.of("other", "exports:admin"))))
                .containsExactly("ROLE_exports:admin");
        assertThat(rights("roles", Map.of("roles", "exports:admin"))).containsExactly("ROLE_exports:admin");
        assertThat(rights("roles", Map.of("scope", "exports:admin"))).isEmpty();
        assertThat(rights("roles", Map.of("roles", "exports:read exports:write")))
                .isEmpty();
    }

    @Test
    void rolesMayBeInsideOfOtherClaimsAndClaimsMayHaveDotsInTheirNames() {
        var role = List.of("exports:admin");

        assertThat(rights(
                        "resource_access.baler.roles",
                        Map.of("resource_access", Map.of("baler", Map.of("roles", role)))))
                .containsExactly("ROLE_exports:admin");
        assertThat(rights("https://baler.example/roles", Map.of("https://baler.example/roles", role)))
                .containsExactly("ROLE_exports:admin");
        assertThat(rights("a.b", Map.of("a", "exports:admin"))).isEmpty();
        assertThat(rights("a.b", Map.of("b", role))).isEmpty();
    }

    private static List<String> rights(String rolesClaim, Map<String, Object> claims) {
        var token = Jwt.withTokenValue("token")
                .header("alg", "RS256")
                .claims(all -> all.putAll(claims))
                .build();
        return names(new TokenRights(rolesClaim).convert(token));
    }

    private static List<String> names(Collection<GrantedAuthority> rights) {
        return rights.stream().map(GrantedAuthority::getAuthority).toList();
    }
}
