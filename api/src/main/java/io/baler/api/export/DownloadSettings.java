package io.baler.api.export;

import java.util.Arrays;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How archives get to those who ask for them.
 *
 * @param downloads {@code redirect}: by a link to the storage; {@code stream}: through the api, for storages that
 *     people cannot reach
 * @param streamsAtOnce archives that are streamed at once, of each replica
 */
@ConfigurationProperties("baler.api")
record DownloadSettings(
        @DefaultValue("redirect") String downloads,
        @DefaultValue("20") int streamsAtOnce) {

    DownloadSettings {
        if (Arrays.stream(Way.values()).noneMatch(way -> way.value().equals(downloads))) {
            throw new IllegalArgumentException("baler.api.downloads: must be redirect or stream, got " + downloads);
        }
        // the storage's client has 50 connections, and manifests need some
        if (streamsAtOnce < 1 || streamsAtOnce > 40) {
            throw new IllegalArgumentException("baler.api.streams-at-once: must be from 1 to 40, got " + streamsAtOnce);
        }
    }

    Way way() {
        return Way.valueOf(downloads.toUpperCase(Locale.ROOT));
    }

    enum Way {
        REDIRECT,
        STREAM;

        private String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
