package io.baler.api.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a caller may do, whosever the exports are. */
enum Scope {
    READ("exports:read"),
    WRITE("exports:write");

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** Whoever may look may do so in a browser; what can be asked for is for those who may ask. */
    private static final Map<String, Scope> BY_PATH =
            Map.of(SessionController.PATH, READ, "/api/v1/users", WRITE, "/api/v1/actions", WRITE);

    private final String value;

    Scope(String value) {
        this.value = value;
    }

    /** By the method, so that a call which is added later is not forgotten; exceptions are named. */
    static Scope neededFor(HttpServletRequest request) {
        var byMethod = SAFE.contains(request.getMethod()) ? READ : WRITE;
        return BY_PATH.getOrDefault(request.getServletPath(), byMethod);
    }

    /** As tokens name it. */
    String value() {
        return value;
    }

    GrantedAuthority authority() {
        return new SimpleGrantedAuthority("SCOPE_" + value);
    }
}
