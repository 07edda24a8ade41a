package io.baler.api.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a caller may do, whosever the exports are. */
enum Scope {
    READ("exports:read"),
    WRITE("exports:write");

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final String value;

    Scope(String value) {
        this.value = value;
    }

    /** By the method alone, so that a call which is added later is not forgotten. */
    static Scope neededFor(HttpServletRequest request) {
        return SAFE.contains(request.getMethod()) ? READ : WRITE;
    }

    /** As tokens name it. */
    String value() {
        return value;
    }

    GrantedAuthority authority() {
        return new SimpleGrantedAuthority("SCOPE_" + value);
    }
}
