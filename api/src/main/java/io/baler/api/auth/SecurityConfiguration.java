package io.baler.api.auth;

import io.baler.api.headers.SecurityHeaders;
import io.baler.job.start.StartFailed;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Denies everything to everybody who presents no good token, paths that do not exist included. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApiSettings.class, JwtSettings.class})
class SecurityConfiguration {
    /** One process, or a few on one machine, and one person. */
    private static final String EMBEDDED = "embedded";

    private static final String[] PAGES = {"/swagger-ui.html", "/swagger-ui/**", "/v3/api-docs", "/v3/api-docs/**"};
    private static final String[] NO_PAGES = {};

    /** What a browser shows before anybody has signed in: the page itself, and nothing of anybody's. */
    private static final RequestMatcher CONSOLE = new OrRequestMatcher(
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/"),
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/console/*"));

    private final ApiSettings api;
    private final JwtSettings jwt;

    /** Among the first beans there are, so that bad settings are told before servers are looked for. */
    SecurityConfiguration(ApiSettings api, JwtSettings jwt, Environment environment) {
        if (api.hasToken() && !environment.matchesProfiles(EMBEDDED)) {
            throw new StartFailed(
                    "baler.api.token: one token for everybody is for the embedded mode alone. Leave it out and set"
                            + " baler.api.jwt.issuer and baler.api.jwt.audience; or, on one's own machine, start with"
                            + " SPRING_PROFILES_ACTIVE=embedded",
                    null);
        }
        if (!api.hasToken() && !jwt.areGiven()) {
            throw new StartFailed(
                    "baler.api.jwt.issuer: nobody could call the api. Set it and baler.api.jwt.audience to the identity"
                            + " provider's; or, on one's own machine, start with SPRING_PROFILES_ACTIVE=embedded and"
                            + " baler.api.token",
                    null);
        }
        this.api = api;
        this.jwt = jwt;
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            SecurityHeaders headers,
            @Value("${springdoc.swagger-ui.enabled:false}") boolean pages,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver,
            WebSessions sessions,
            SessionCookie cookie,
            Clock clock) {
        var refusals = new AccessProblems(resolver);
        return http.authorizeHttpRequests(calls -> calls
                        // the end of a request that was let in, or the refusal of one that was not; an error behind the
                        // beginning of an answer is included in it
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.INCLUDE)
                        .permitAll()
                        // of the port that is not for callers; there is none of them on theirs
                        .requestMatchers(EndpointRequest.toAnyEndpoint().excludingLinks())
                        .permitAll()
                        // the page cannot present a token before it is there, and neither can it to get what it shows
                        .requestMatchers(pages ? PAGES : NO_PAGES)
                        .permitAll()
                        .requestMatchers(CONSOLE)
                        .permitAll()
                        .requestMatchers(request -> Scope.neededFor(request) == Scope.READ)
                        .hasAuthority(Scope.READ.authority().getAuthority())
                        .anyRequest()
                        .hasAuthority(Scope.WRITE.authority().getAuthority()))
                .addFilter(tokens(refusals, clock))
                .addFilterAfter(
                        new SessionFilter(sessions, cookie, CONSOLE, resolver), BearerTokenAuthenticationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // again, for the management port has no filters but security's
                .headers(all -> all.defaultsDisabled().addHeaderWriter(headers))
                // a browser adds cookies to a forged request, but never a bearer token: SessionFilter sees to those
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Spring's filter without its configurer, which would also open a path for metadata that nobody asked for. */
    private BearerTokenAuthenticationFilter tokens(AccessProblems refusals, Clock clock) {
        AuthenticationManager jwts = jwt.areGiven()
                ? new JwtCheck(jwt, clock).with(new ProviderKeys(new Provider(jwt), clock))::authenticate
                : null;
        var filter = new BearerTokenAuthenticationFilter(new BearerTokens(api, jwts));
        // what is no token by its form, and what is not a good one
        filter.setAuthenticationEntryPoint(refusals);
        filter.setAuthenticationFailureHandler(refusals::commence);
        return filter;
    }
}
