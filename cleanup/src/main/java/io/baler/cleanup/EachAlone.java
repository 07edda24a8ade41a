package io.baler.cleanup;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Treats jobs one by one, so that the failure of one never keeps the others from being swept. */
final class EachAlone {
    private static final Logger log = LoggerFactory.getLogger(EachAlone.class);

    private EachAlone() {}

    /** Returns for how many the treatment said that it did something. */
    static <T> int treat(String sweep, Collection<T> jobs, Function<T, String> id, Predicate<T> treatment) {
        int treated = 0;
        for (var job : jobs) {
            try {
                if (treatment.test(job)) {
                    treated++;
                }
            } catch (RuntimeException failed) {
                log.warn(
                        "Sweep '{}': export {} could not be swept and stays for the next time ({})",
                        sweep,
                        id.apply(job),
                        failed.toString());
            }
        }
        return treated;
    }
}
