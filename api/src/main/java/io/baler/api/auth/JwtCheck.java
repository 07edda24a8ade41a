package io.baler.api.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** What makes a token good: key, algorithm, issuer, audience, time, and a name to go by. */
final class JwtCheck {
    private static final int LONGEST_NAME = 256;
    /** RFC 9068's access tokens, and those of providers from before it. */
    private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES = new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null);

    private final JwtSettings settings;
    private final Clock clock;

    JwtCheck(JwtSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    JwtAuthenticationProvider with(JWKSource<SecurityContext> keys) {
        var callers = new JwtAuthenticationConverter();
        callers.setPrincipalClaimName(settings.nameClaim());
        callers.setJwtGrantedAuthoritiesConverter(new TokenRights(settings.rolesClaim()));
        var provider = new JwtAuthenticationProvider(decoder(keys));
        provider.setJwtAuthenticationConverter(callers);
        return provider;
    }

    private JwtDecoder decoder(JWKSource<SecurityContext> keys) {
        var algorithms = settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(TYPES);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        // claims are the validators' matter
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(validator());
        return decoder;
    }

    private OAuth2TokenValidator<Jwt> validator() {
        var times = new JwtTimestampValidator(settings.clockSkew());
        times.setClock(clock);
        // one without an end would be good for ever, whoever has got hold of it
        times.setAllowEmptyExpiryClaim(false);
        var all = new ArrayList<OAuth2TokenValidator<Jwt>>();
        all.add(times);
        all.add(new JwtAudienceValidator(settings.audience()));
        all.add(new JwtClaimValidator<Object>(settings.nameClaim(), JwtCheck::isName));
        if (!settings.issuer().isEmpty()) {
            all.add(new JwtIssuerValidator(settings.issuer()));
        }
        return new DelegatingOAuth2TokenValidator<>(all);
    }

    /** It is written into jobs, manifests and logs. */
    private static boolean isName(Object claim) {
        return claim instanceof String name
                && !name.isBlank()
                && name.length() <= LONGEST_NAME
                && name.chars().noneMatch(Character::isISOControl);
    }
}
