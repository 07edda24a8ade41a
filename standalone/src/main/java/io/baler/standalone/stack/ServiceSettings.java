package io.baler.standalone.stack;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the services are started.
 *
 * @param port of the REST API on 127.0.0.1; 0 takes a free one
 * @param token that the REST API asks for
 * @param signingKey private key in PEM that signs manifests, unless the user names another
 * @param properties the user's own, as {@code --name=value}; they win
 */
public record ServiceSettings(int port, String token, String signingKey, List<String> properties) {

    private static final String LOG_LEVEL = "--logging.level.";

    /** Levels by logger, as the properties name them. */
    Map<String, String> logLevels() {
        return properties.stream()
                .filter(property -> property.startsWith(LOG_LEVEL) && property.contains("="))
                .map(property -> property.substring(LOG_LEVEL.length()).split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, other) -> other));
    }

    @Override
    public String toString() {
        return "ServiceSettings[" + port + "]";
    }
}
