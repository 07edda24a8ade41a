package io.baler.api.auth;

import io.baler.api.headers.SecurityHeaders;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/**
 * The one cookie there is. No script can read it, and no other site can have it sent along. By TLS its name has the
 * prefix by which browsers take it from this very host only, and never without TLS.
 */
final class SessionCookie {
    static final String NAME = "baler-session";
    static final String NAME_BY_TLS = "__Host-" + NAME;

    private final SecurityHeaders transport;

    SessionCookie(SecurityHeaders transport) {
        this.transport = transport;
    }

    Optional<String> in(HttpServletRequest request) {
        var name = nameFor(request);
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    ResponseCookie of(HttpServletRequest request, String value, Duration age) {
        return ResponseCookie.from(nameFor(request), value)
                .httpOnly(true)
                .secure(transport.isByTls(request))
                .sameSite("Strict")
                .path("/")
                .maxAge(age)
                .build();
    }

    /** Makes the browser forget it. */
    ResponseCookie none(HttpServletRequest request) {
        return of(request, "", Duration.ZERO);
    }

    private String nameFor(HttpServletRequest request) {
        return transport.isByTls(request) ? NAME_BY_TLS : NAME;
    }
}
