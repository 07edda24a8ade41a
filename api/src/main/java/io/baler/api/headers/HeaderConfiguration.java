package io.baler.api.headers;

import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Has {@link SecurityHeaders} written before security looks at a call, so that its refusals have them too. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HeaderSettings.class)
class HeaderConfiguration {

    @Bean
    SecurityHeaders securityHeaders(HeaderSettings settings) {
        return new SecurityHeaders(settings);
    }

    @Bean
    FilterRegistrationBean<HeaderWriterFilter> securityHeadersFilter(SecurityHeaders headers) {
        var filter = new FilterRegistrationBean<>(new HeaderWriterFilter(List.of(headers)));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
