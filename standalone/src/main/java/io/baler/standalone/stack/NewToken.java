package io.baler.standalone.stack;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes tokens that nobody guesses, for an api that runs beside its only user. */
public final class NewToken {
    private static final int BYTES = 32;

    private NewToken() {}

    /** 32 random bytes, as 43 characters that need no quoting in a URL or a shell. */
    public static String random() {
        var random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
