package io.baler.api.auth;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Whose exports a caller may do something with; what, is said by scopes. */
public final class Roles {
    /** Everybody's. */
    public static final String ADMIN = "exports:admin";

    private Roles() {}

    static GrantedAuthority authority(String role) {
        // the prefix that HttpServletRequest.isUserInRole() puts before what it is asked for
        return new SimpleGrantedAuthority("ROLE_" + role);
    }
}
