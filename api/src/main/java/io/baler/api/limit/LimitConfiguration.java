package io.baler.api.limit;

import io.baler.job.JobStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the guard before every controller. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiLimits.class)
class LimitConfiguration {

    /** @param ready exists when the servers have been looked for, so that a wrong address is told as such */
    @Bean
    RequestRate requestRate(MongoTemplate mongo, ApiLimits limits, JobStore ready) {
        var rate = new RequestRate(mongo, limits.requestsPerMinute());
        rate.ensureIndex();
        return rate;
    }

    @Bean
    WebMvcConfigurer rateGuard(RequestRate rate, ApiLimits limits) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new RateGuard(rate, limits.requestsPerMinute()));
            }
        };
    }
}
