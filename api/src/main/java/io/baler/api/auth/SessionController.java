package io.baler.api.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baler.api.problem.ApiProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Exchanges a token for a cookie: links and streams of events cannot carry a token. */
@RestController
@RequestMapping(path = SessionController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class SessionController {
    static final String PATH = "/api/v1/session";

    private final WebSessions sessions;
    private final SessionCookie cookie;
    private final Validity validity;
    private final Clock clock;

    SessionController(WebSessions sessions, SessionCookie cookie, Validity validity, Clock clock) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.validity = validity;
        this.clock = clock;
    }

    /** Always a new one, whatever cookie there was: nobody is signed in by a value that somebody else has chosen. */
    @PostMapping
    ResponseEntity<View> signIn(HttpServletRequest request, Authentication caller) {
        if (caller instanceof SessionAuthentication) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN,
                    "token-required",
                    "A session begins with a bearer token, not with another one");
        }
        var session = sessions.begin(caller, validity.until(caller));
        var age = Duration.between(clock.instant(), session.until());
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.SET_COOKIE,
                        cookie.of(request, session.cookie(), age).toString())
                .body(View.of(session, validity));
    }

    @GetMapping
    View look(Authentication caller) {
        return View.of(caller, validity);
    }

    /** Whoever has presented a token has no session that could be ended, and it is well all the same. */
    @DeleteMapping(produces = MediaType.ALL_VALUE)
    ResponseEntity<Void> signOut(HttpServletRequest request, Authentication caller) {
        if (caller instanceof SessionAuthentication session) {
            sessions.end(session);
        }
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.none(request).toString())
                .build();
    }

    /**
     * Who one is.
     *
     * @param name exports belong to it
     * @param rights scopes and roles
     * @param until when the session or the token ends; none = never
     * @param csrfToken for what changes something; none = there is no session, and none is needed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String name,
            List<String> rights,
            @Nullable Instant until,
            @Nullable String csrfToken) {
        static View of(Authentication caller, Validity validity) {
            var csrfToken = caller instanceof SessionAuthentication session ? session.csrfToken() : null;
            return new View(caller.getName(), WebSessions.names(caller), validity.until(caller), csrfToken);
        }
    }
}
