package io.baler.api.headers;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.function.BiConsumer;
import org.springframework.security.web.header.HeaderWriter;

/**
 * The headers that every answer has, whoever gives it. Each is a default: an answer that has said otherwise keeps what it
 * said.
 */
public final class SecurityHeaders implements HeaderWriter {
    private static final String POLICY = "Content-Security-Policy";
    private static final String PAGES = "/swagger-ui";

    /** The one thing with scripts and styles; it has its own from here, and styles itself in its elements. */
    private static final String POLICY_OF_PAGES =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            POLICY,
            "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    private static final String STRICT_TRANSPORT = "Strict-Transport-Security";

    /** A year. Of other hosts below this one nothing is known here, so nothing is said. */
    private static final String A_YEAR = "max-age=31536000";

    private final boolean behindTls;

    SecurityHeaders(HeaderSettings settings) {
        this.behindTls = settings.behindTls();
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (request.getRequestURI().startsWith(PAGES) && !response.containsHeader(POLICY)) {
            response.setHeader(POLICY, POLICY_OF_PAGES);
        }
        ALWAYS.forEach((name, value) -> {
            if (!response.containsHeader(name)) {
                response.setHeader(name, value);
            }
        });
        if (isByTls(request)) {
            response.setHeader(STRICT_TRANSPORT, A_YEAR);
        }
    }

    /** Whether the caller came by TLS, as far as it is known here. */
    public boolean isByTls(HttpServletRequest request) {
        return behindTls || request.isSecure();
    }

    /** For answers that no filter sees. */
    public static void tell(BiConsumer<String, String> header) {
        ALWAYS.forEach(header);
    }
}
