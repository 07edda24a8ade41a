package io.baler.local;

import java.util.List;
import java.util.Map;

/**
 * How clients reach a broker. In the clear for everything that is embedded; otherwise for tests of connections as
 * production has them.
 *
 * @param protocol of the listener, as Kafka names it
 * @param settings of the broker, as Kafka names them, that belong to it
 * @param scram credentials that a new broker begins with, as {@code kafka-storage format --add-scram} takes them
 */
public record BrokerSecurity(String protocol, Map<String, String> settings, List<String> scram) {
    /** No encryption, no authentication. */
    static final BrokerSecurity NONE = new BrokerSecurity("PLAINTEXT", Map.of(), List.of());

    public BrokerSecurity {
        settings = Map.copyOf(settings);
        scram = List.copyOf(scram);
    }
}
