package io.baler.api.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** The console's files, read once at the start. There are no others: no path leads out of them. */
@Component
final class ConsoleFiles {
    private static final Map<String, MediaType> TYPES = Map.of(
            "html", MediaType.parseMediaType("text/html;charset=UTF-8"),
            "css", MediaType.parseMediaType("text/css;charset=UTF-8"),
            "js", MediaType.parseMediaType("text/javascript;charset=UTF-8"),
            "json", MediaType.APPLICATION_JSON,
            "svg", MediaType.parseMediaType("image/svg+xml"));

    private final Map<String, ConsoleFile> files = new TreeMap<>();

    ConsoleFiles() {
        try {
            var resolver = new PathMatchingResourcePatternResolver(ConsoleFiles.class.getClassLoader());
            for (var resource : resolver.getResources("classpath*:/io/baler/api/console/*.*")) {
                var name = String.valueOf(resource.getFilename());
                var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
                if (type != null) {
                    var bytes = resource.getContentAsByteArray();
                    files.put(name, new ConsoleFile(bytes, type, etag(bytes)));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Optional<ConsoleFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static String etag(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    record ConsoleFile(byte[] bytes, MediaType type, String etag) {}
}
