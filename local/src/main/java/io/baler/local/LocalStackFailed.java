package io.baler.local;

import java.net.BindException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Why the stack did not start, in one line that says which server, what is wrong and what to do. */
public final class LocalStackFailed extends RuntimeException {

    private LocalStackFailed(String line, @Nullable Throwable cause) {
        super(line, cause);
    }

    static LocalStackFailed port(String server, int port, Throwable cause) {
        return new LocalStackFailed(
                server + ": port " + port + " on 127.0.0.1 is in use; stop what listens there or choose another port"
                        + " (0 takes a free one)",
                cause);
    }

    static LocalStackFailed directory(Path directory, String problem, @Nullable Throwable cause) {
        return new LocalStackFailed("data directory " + directory + " " + problem, cause);
    }

    /** What {@code cause} means for somebody who starts {@code server}: a port in use is by far the likeliest. */
    static LocalStackFailed server(String server, int port, Throwable cause) {
        if (cause instanceof LocalStackFailed failed) {
            return failed;
        }
        if (isPortTaken(cause)) {
            return port(server, port, cause);
        }
        return new LocalStackFailed(server + " did not start: " + reason(cause), cause);
    }

    static boolean isPortTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            // "Permission denied" for a port below 1024 is a BindException, too
            if (cause instanceof BindException && message != null && message.contains("in use")) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null
                ? ""
                : root.getMessage().lines().findFirst().orElse("");
        return message.isBlank() ? root.getClass().getSimpleName() : message;
    }
}
