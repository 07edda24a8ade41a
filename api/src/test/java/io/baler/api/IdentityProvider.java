package io.baler.api;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An identity provider as a service sees one: a discovery document, keys, and the tokens that it has made. */
final class IdentityProvider implements AutoCloseable {
    static final String AUDIENCE = "https://baler.test";

    private final InetSocketAddress address;
    private final AtomicInteger fetches = new AtomicInteger();
    private @Nullable HttpServer server;
    private volatile RSAKey key = newKey();
    private final ECKey ecKey = newEcKey();

    private IdentityProvider(InetSocketAddress address) {
        this.address = address;
    }

    static IdentityProvider start() {
        var provider = new IdentityProvider(freeAddress());
        provider.comeBack();
        return provider;
    }

    /** One that is not there yet. */
    static IdentityProvider away() {
        return new IdentityProvider(freeAddress());
    }

    private static InetSocketAddress freeAddress() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + address.getPort() + "/realms/test";
    }

    /** As settings of an api that believes this provider. */
    String[] settings(String... more) {
        var settings = new ArrayList<>(List.of(more));
        settings.add("--baler.api.jwt.issuer=" + issuer());
        settings.add("--baler.api.jwt.audience=" + AUDIENCE);
        return settings.toArray(String[]::new);
    }

    void comeBack() {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/realms/test/.well-known/openid-configuration", exchange -> {
            var document = "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer(), issuer());
            answer(exchange, document);
        });
        server.createContext("/realms/test/keys", exchange -> {
            fetches.incrementAndGet();
            answer(exchange, new JWKSet(List.<JWK>of(key, ecKey)).toString());
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    void goAway() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Signs with another key from now on, and the former one is withdrawn. */
    void rotate() {
        key = newKey();
    }

    int fetches() {
        return fetches.get();
    }

    RSAKey key() {
        return key;
    }

    /** What a good token of this user says. */
    JWTClaimsSet.Builder claims(String user, String... scopes) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(AUDIENCE)
                .subject(user)
                .issueTime(Date.from(now.minusSeconds(300)))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim("scope", String.join(" ", scopes));
    }

    String token(String user, String... scopes) {
        return token(claims(user, scopes));
    }

    String token(JWTClaimsSet.Builder claims) {
        return signed(header(JWSAlgorithm.RS256, key).build(), claims, key);
    }

    String tokenOfEllipticCurve(JWTClaimsSet.Builder claims) {
        return signed(header(JWSAlgorithm.ES256, ecKey).build(), claims, ecKey);
    }

    static JWSHeader.Builder header(JWSAlgorithm algorithm, JWK key) {
        return new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).type(JOSEObjectType.JWT);
    }

    static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWK key) {
        try {
            var signer = key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
            return signed(header, claims, signer);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims.build());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static RSAKey newKey() {
        var pair = newPair("RSA");
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(UUID.randomUUID().toString())
                .algorithm(Algorithm.parse("RS256"))
                .build();
    }

    private static ECKey newEcKey() {
        var pair = newPair("EC");
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(UUID.randomUUID().toString())
                .build();
    }

    private static KeyPair newPair(String kind) {
        try {
            var generator = KeyPairGenerator.getInstance(kind);
            if (kind.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        goAway();
    }
}
