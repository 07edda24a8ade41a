package io.baler.api.export;

import io.baler.api.auth.Roles;
import io.baler.job.audit.AuditTrail.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Who calls, as the audit trail names them.
 *
 * @param admin whether everybody's exports may be seen
 * @param ip of the connection, or what the container makes of a proxy's headers
 */
public record Caller(String name, boolean admin, String ip, String endpoint) {

    Actor actor() {
        return new Actor(name, ip, endpoint);
    }

    /** Hands the caller to the controllers' methods. */
    @Component
    static final class Resolver implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public Caller resolveArgument(
                MethodParameter parameter,
                @org.jspecify.annotations.Nullable ModelAndViewContainer view,
                NativeWebRequest web,
                @org.jspecify.annotations.Nullable WebDataBinderFactory binders) {
            var request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
            var name = Objects.requireNonNull(request.getUserPrincipal(), "an authenticated caller")
                    .getName();
            return new Caller(
                    name,
                    request.isUserInRole(Roles.ADMIN),
                    request.getRemoteAddr(),
                    request.getMethod() + " " + request.getRequestURI());
        }
    }
}
