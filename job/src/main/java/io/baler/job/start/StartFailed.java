package io.baler.job.start;

import org.jspecify.annotations.Nullable;

/** The service cannot start; the message says in one line what is wrong and what to do. */
public final class StartFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
