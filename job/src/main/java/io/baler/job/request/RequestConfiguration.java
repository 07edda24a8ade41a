package io.baler.job.request;

import io.baler.job.source.LogDatabase;
import io.baler.job.source.SourceSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the judgement of requests. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestLimits.class)
public class RequestConfiguration {

    @Bean
    ExportRequests exportRequests(SourceSettings source, RequestLimits limits, LogDatabase logs) {
        return new ExportRequests(source, limits, logs);
    }
}
