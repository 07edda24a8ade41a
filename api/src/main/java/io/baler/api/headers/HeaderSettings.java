package io.baler.api.headers;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What answers say of themselves.
 *
 * @param behindTls callers come by TLS though it ends at a proxy that does not say so
 */
@ConfigurationProperties("baler.api")
record HeaderSettings(@DefaultValue("false") boolean behindTls) {}
