package io.baler.standalone.stack;

import io.baler.job.start.StartFailed;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Terminal;
import java.util.List;
import org.springframework.boot.web.server.PortInUseException;

/** Why the services did not start, in one line. */
public final class ServicesFailed extends CommandFailed {

    private ServicesFailed(String line, Throwable cause) {
        super(line, cause);
    }

    /** @param properties the user's own, as {@code --name=value} */
    static ServicesFailed because(Throwable failure, List<String> properties) {
        var cause = failure;
        while (cause.getCause() != null && !saysEnough(cause)) {
            cause = cause.getCause();
        }
        return new ServicesFailed(line(cause, properties), failure);
    }

    /** Whether what is further down only explains it in a library's words. */
    private static boolean saysEnough(Throwable cause) {
        return cause instanceof PortInUseException || cause instanceof StartFailed || isSetting(cause);
    }

    private static boolean isSetting(Throwable cause) {
        return cause instanceof IllegalArgumentException
                && String.valueOf(cause.getMessage()).startsWith("baler.");
    }

    private static String line(Throwable cause, List<String> properties) {
        if (cause instanceof PortInUseException taken) {
            var chosen = properties.stream()
                    .filter(property -> property.endsWith(".port=" + taken.getPort()))
                    .map(property -> property.substring(0, property.indexOf('=')))
                    .findFirst();
            return "port " + taken.getPort() + " is in use; choose another " + chosen.orElse("--port");
        }
        var message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return "the services did not start: "
                + Terminal.plain(message.lines().findFirst().orElse(""));
    }
}
