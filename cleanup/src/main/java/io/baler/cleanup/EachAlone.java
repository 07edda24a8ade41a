package io.baler.cleanup;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Treats jobs and what they left one by one, so that the failure of one never keeps the others from being swept. */
final class EachAlone {
    private static final Logger log = LoggerFactory.getLogger(EachAlone.class);

    private EachAlone() {}

    /** Returns for how many the treatment said that it did something. */
    static <T> int treat(String sweep, Collection<T> jobs, Function<T, String> name, Predicate<T> treatment) {
        return sum(sweep, jobs.stream(), name, job -> treatment.test(job) ? 1 : 0);
    }

    /** Returns the sum of what the treatment said that it did. */
    static <T> int sum(String sweep, Stream<T> each, Function<T, String> name, ToIntFunction<T> treatment) {
        return each.mapToInt(one -> alone(sweep, one, name, treatment)).sum();
    }

    private static <T> int alone(String sweep, T one, Function<T, String> name, ToIntFunction<T> treatment) {
        try {
            return treatment.applyAsInt(one);
        } catch (RuntimeException failed) {
            log.warn(
                    "Sweep '{}': {} could not be swept and stays for the next time ({})",
                    sweep,
                    name.apply(one),
                    failed.toString());
            return 0;
        }
    }
}
