package io.baler.api.export;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets controllers ask who calls. */
@Configuration(proxyBeanMethods = false)
class CallerConfiguration implements WebMvcConfigurer {
    private final Caller.Resolver callers;

    CallerConfiguration(Caller.Resolver callers) {
        this.callers = callers;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(callers);
    }
}
