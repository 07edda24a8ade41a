package io.baler.job;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/**
 * Says once that something does not answer and once that it does again, however often it is asked meanwhile and by
 * whichever thread. Each failure in between is there at level debug, without a stack trace.
 */
public final class OutageLog {
    private final Logger log;
    private final String begins;
    private final String ends;
    private final AtomicBoolean away = new AtomicBoolean();

    /**
     * @param begins what it means, with {@code {}} where the reason belongs
     * @param ends that it is over
     */
    public OutageLog(Logger log, String begins, String ends) {
        this.log = log;
        this.begins = begins;
        this.ends = ends;
    }

    /** @param reason in a few words, of nobody's data */
    public void failed(String reason) {
        if (away.compareAndSet(false, true)) {
            log.warn(begins, reason);
        } else {
            log.debug(begins, reason);
        }
    }

    public void answered() {
        // most answers change nothing
        if (away.get() && away.compareAndSet(true, false)) {
            log.info(ends);
        }
    }
}
