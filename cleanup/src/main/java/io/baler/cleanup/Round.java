package io.baler.cleanup;

import io.baler.job.ExportJob;
import io.baler.job.LoggedExport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one sweep. What it finds is treated one by one, so that the failure of one never keeps the others from being
 * swept; it ends in time, so that a million of one kind do not keep the other kinds waiting. A dry one only says what
 * would go, by the same look that decides it otherwise.
 */
final class Round {
    private static final Logger log = LoggerFactory.getLogger(Round.class);

    private final String sweep;
    private final boolean dry;
    private final BooleanSupplier isOver;
    private int swept;
    private int failed;
    private boolean cut;

    /** @param isOver asked before each; the rest is for the next round */
    Round(String sweep, boolean dry, BooleanSupplier isOver) {
        this.sweep = sweep;
        this.dry = dry;
        this.isOver = isOver;
    }

    /** Wet, and as long as it takes. */
    static Round whole(Sweep sweep) {
        return new Round(sweep.name(), false, () -> false);
    }

    /**
     * Treats each that is found.
     *
     * @param all jobs, their ids, or whatever else is to be swept; closed at the end
     * @param treatment says whether it did something
     */
    <T> void each(Stream<T> all, Function<T, String> name, Predicate<T> treatment) {
        each(all, name, one -> true, treatment);
    }

    /** @param isDue asked of each found one, in a dry round too */
    <T> void each(Stream<T> all, Function<T, String> name, Predicate<T> isDue, Predicate<T> treatment) {
        try (all) {
            for (var found = all.iterator(); !cut && found.hasNext(); ) {
                if (isOver.getAsBoolean()) {
                    cut = true;
                } else {
                    var one = found.next();
                    about(one, () -> alone(name.apply(one), () -> isDue.test(one) && treated(one, name, treatment)));
                }
            }
        }
    }

    /** Jobs are all that most sweeps treat: either as a whole or by their id. */
    private static void about(Object one, Runnable task) {
        if (one instanceof ExportJob job) {
            LoggedExport.about(job, task);
        } else if (one instanceof String job) {
            LoggedExport.about(job, task);
        } else {
            task.run();
        }
    }

    private <T> boolean treated(T one, Function<T, String> name, Predicate<T> treatment) {
        if (dry) {
            log.info("Dry run: sweep '{}' would treat {}", sweep, name.apply(one));
            return true;
        }
        return treatment.test(one);
    }

    /** @param treatment says whether it did something */
    void alone(String name, BooleanSupplier treatment) {
        try {
            if (treatment.getAsBoolean()) {
                swept++;
            }
        } catch (RuntimeException failure) {
            failed++;
            log.warn(
                    "Sweep '{}': {} could not be swept and stays for the next time ({})",
                    sweep,
                    name,
                    failure.toString());
        }
    }

    /** How many something was done about, or would have been. */
    int swept() {
        return swept;
    }

    int failed() {
        return failed;
    }

    /** Whether there was more than there was time for. */
    boolean isCut() {
        return cut;
    }
}
