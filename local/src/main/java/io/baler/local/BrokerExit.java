package io.baler.local;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a broker that cannot go on from ending the whole JVM.
 *
 * <p>A broker alone in its process answers a fatal error (all log directories failed, the metadata log cannot be read)
 * with {@code System.exit} or {@code halt}. Here that would take two other servers and the application along without a
 * word of its own. Instead it is said loudly, and the call returns: every caller in Kafka 4 then throws, or ends its own
 * thread, or answers requests with errors. Clients see a broker that fails, as they would see one that has gone, and
 * what it had acknowledged is on disk.
 */
final class BrokerExit {

    private static final Logger log = LoggerFactory.getLogger(BrokerExit.class);

    private BrokerExit() {}

    /**
     * For all brokers of this JVM, and for good: Kafka's procedures are static, and a broker's threads may still call
     * them while it shuts down.
     */
    static void staysInTheBroker() {
        Exit.setExitProcedure(BrokerExit::tell);
        Exit.setHaltProcedure(BrokerExit::tell);
    }

    private static void tell(int status, @Nullable String message) {
        log.error(
                "The embedded Kafka broker met a fatal error and is of no more use (status {}{}); the reason is in the"
                        + " lines above. Its data are kept: start it again.",
                status,
                message == null ? "" : ", " + message);
    }
}
