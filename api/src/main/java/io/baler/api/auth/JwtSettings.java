package io.baler.api.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Whose tokens are believed, and what of them. Nothing of it is secret.
 *
 * @param issuer the identity provider, as its tokens name it in {@code iss}; its discovery document says where its keys
 *     are; empty = whatever the keys verify is believed
 * @param jwkSetUri where the keys are, if not where the discovery document says
 * @param audience what a token has to name in {@code aud}: one that was made for another service opens nothing here
 * @param algorithms of signatures, by asymmetric keys only
 * @param nameClaim what the caller is called; exports belong to this name
 * @param rolesClaim where {@link Roles} are named; a claim, or a path of claims joined by dots
 * @param clockSkew how far the clocks of provider and api may be apart
 */
@ConfigurationProperties("baler.api.jwt")
record JwtSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String jwkSetUri,
        @DefaultValue("") String audience,
        @DefaultValue({"RS256", "ES256"}) List<String> algorithms,
        @DefaultValue("sub") String nameClaim,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue("30s") Duration clockSkew) {

    private static final String PREFIX = "baler.api.jwt.";
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);
    /** Neither {@code none} nor an HMAC is among them: with those, whoever knows the public key could sign. */
    private static final List<String> POSSIBLE = Stream.of(SignatureAlgorithm.values())
            .map(SignatureAlgorithm::getName)
            .toList();

    JwtSettings {
        require(issuer.isEmpty() || isHttp(issuer), "issuer", "must be an http or https URL, got '" + issuer + "'");
        require(
                jwkSetUri.isEmpty() || isHttp(jwkSetUri),
                "jwk-set-uri",
                "must be an http or https URL, got '" + jwkSetUri + "'");
        var given = !issuer.isEmpty() || !jwkSetUri.isEmpty();
        require(
                !given || !audience.isBlank(),
                "audience",
                "must be set to what tokens for this api name in 'aud': one that was made for another service must"
                        + " open nothing here");
        require(
                given || audience.isEmpty(),
                "audience",
                "is of no use alone; set " + PREFIX + "issuer or " + PREFIX + "jwk-set-uri, too");
        require(!algorithms.isEmpty(), "algorithms", "must name at least one of " + POSSIBLE);
        algorithms.forEach(name -> require(
                POSSIBLE.contains(name), "algorithms", "'" + name + "' is none of those that there are: " + POSSIBLE));
        require(!nameClaim.isBlank(), "name-claim", "must not be empty");
        require(!rolesClaim.isBlank(), "roles-claim", "must not be empty");
        require(
                !clockSkew.isNegative() && clockSkew.compareTo(LARGEST_SKEW) <= 0,
                "clock-skew",
                "must be from 0s to 5m, got " + clockSkew);
        algorithms = List.copyOf(algorithms);
    }

    /** Whether tokens of an identity provider are believed at all. */
    boolean areGiven() {
        return !issuer.isEmpty() || !jwkSetUri.isEmpty();
    }

    static boolean isHttp(String url) {
        try {
            var uri = new URI(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private static void require(boolean rule, String name, String message) {
        if (!rule) {
            throw new IllegalArgumentException(PREFIX + name + ": " + message);
        }
    }
}
