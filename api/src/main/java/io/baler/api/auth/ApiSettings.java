package io.baler.api.auth;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The one caller of the embedded mode.
 *
 * @param token what this caller has to present; a secret without a default; empty = there is no such caller
 * @param user whom the token stands for: exports belong to this name
 * @param admin whether this caller sees everybody's exports, such as those that a producer asked for by message
 */
@ConfigurationProperties("baler.api")
record ApiSettings(
        @DefaultValue("") String token,
        @DefaultValue("admin") String user,
        @DefaultValue("true") boolean admin) {

    /** Bytes as well, for all that a token may consist of is ASCII. Too long to be guessed even if it is hexadecimal. */
    static final int MIN_LENGTH = 32;

    /** RFC 6750: what a bearer token may consist of. Others could never be presented. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    ApiSettings {
        // the messages leave the value out: it is a secret even when it is a bad one
        if (!token.isEmpty() && token.length() < MIN_LENGTH) {
            throw new IllegalArgumentException("baler.api.token: must be at least " + MIN_LENGTH + " characters, got "
                    + token.length() + "; for instance the output of: openssl rand -hex 32");
        }
        if (!token.isEmpty() && !FORM.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "baler.api.token: only letters, digits and . _ ~ + / - are possible in a bearer token");
        }
        if (user.isBlank()) {
            throw new IllegalArgumentException("baler.api.user: must not be empty");
        }
    }

    boolean hasToken() {
        return !token.isEmpty();
    }

    /** Without the token: settings are printed when something is wrong with them. */
    @Override
    public String toString() {
        return "ApiSettings[user=" + user + ", admin=" + admin + "]";
    }
}
