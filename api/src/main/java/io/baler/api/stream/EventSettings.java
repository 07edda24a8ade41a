package io.baler.api.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How those who follow exports are served.
 *
 * @param poll how often MongoDB is asked, once for all that are followed
 * @param heartbeat how long a stream is silent at most, so that proxies keep the connection
 * @param streamsPerRequester streams of one requester at once, of each replica
 */
@ConfigurationProperties("baler.events")
public record EventSettings(
        @DefaultValue("500ms") Duration poll,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("100") int streamsPerRequester) {

    public EventSettings {
        requirePositive("baler.events.poll", poll);
        requirePositive("baler.events.heartbeat", heartbeat);
        if (streamsPerRequester < 1) {
            throw new IllegalArgumentException(
                    "baler.events.streams-per-requester: must be at least 1, got " + streamsPerRequester);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + ": must be at least a millisecond, got " + value);
        }
    }
}
