package io.baler.api.auth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The identity provider over HTTP; asked for its keys, and for nothing about a token. */
final class Provider implements ProviderKeys.Source {
    /** Of each of connecting and reading: a caller waits for it. */
    private static final int TIMEOUT_MILLIS = 2_000;
    /** Keys are few; more than this is something else. */
    private static final int MOST_BYTES = 512 * 1024;

    private final JwtSettings settings;
    private final DefaultResourceRetriever http =
            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);

    Provider(JwtSettings settings) {
        this.settings = settings;
    }

    @Override
    public JWKSet fetch() throws IOException {
        try {
            return JWKSet.parse(read(settings.jwkSetUri().isEmpty() ? discovered() : settings.jwkSetUri()));
        } catch (ParseException unreadable) {
            throw new IOException("its key set cannot be read", unreadable);
        }
    }

    /** Looked for with the keys each time, since it is the provider's to move them. */
    private String discovered() throws IOException {
        var issuer = settings.issuer();
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        var text = read(base + "/.well-known/openid-configuration");
        try {
            var document = JsonMapper.shared().readTree(text);
            // by the specification; whoever could answer in the issuer's place would otherwise name keys of their own
            if (!document.path("issuer").asString("").equals(issuer)) {
                throw new IOException("its discovery document is not of " + issuer);
            }
            var keys = document.path("jwks_uri").asString("");
            if (!JwtSettings.isHttp(keys)) {
                throw new IOException("its discovery document names no jwks_uri");
            }
            return keys;
        } catch (JacksonException unreadable) {
            throw new IOException("its discovery document cannot be read", unreadable);
        }
    }

    private String read(String url) throws IOException {
        return http.retrieveResource(URI.create(url).toURL()).getContent();
    }
}
