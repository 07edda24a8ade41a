package io.baler.api.auth;

import io.baler.api.headers.SecurityHeaders;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Denies everything to everybody who does not present the token, paths that do not exist included. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiSettings.class)
class SecurityConfiguration {
    private static final String[] PAGES = {"/swagger-ui.html", "/swagger-ui/**", "/v3/api-docs", "/v3/api-docs/**"};
    private static final String[] NO_PAGES = {};

    private final ApiSettings settings;

    /** Among the first beans there are, so that bad settings are told before servers are looked for. */
    SecurityConfiguration(ApiSettings settings) {
        this.settings = settings;
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            SecurityHeaders headers,
            @Value("${springdoc.swagger-ui.enabled:false}") boolean pages,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
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
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new TokenFilter(settings, refusals), AnonymousAuthenticationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // again, for the management port has no filters but security's
                .headers(all -> all.defaultsDisabled().addHeaderWriter(headers))
                // a browser adds cookies to a forged request, but never a bearer token
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }
}
