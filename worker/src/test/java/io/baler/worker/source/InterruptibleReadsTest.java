package io.baler.worker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.worker.source.InterruptibleReads.ReadInterrupted;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class InterruptibleReadsTest {

    @Test
    void anInterruptEndsTheWaitAlthoughTheReadGoesOnAndWhatFollowsItRunsAfterwards() throws InterruptedException {
        var reads = new InterruptibleReads(Executors.newSingleThreadExecutor());
        var answered = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        var waiting = Thread.currentThread();

        assertThatThrownBy(() -> reads.call(() -> {
                    waiting.interrupt();
                    return deaf(answered);
                }))
                .isInstanceOf(ReadInterrupted.class);
        reads.afterwards(closed::countDown);
        reads.close();

        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(closed.getCount())
                .as("closed before the server has answered")
                .isOne();
        answered.countDown();
        closed.await();
    }

    @Test
    void whatAReadThrowsIsThrownToWhoWaits() {
        var reads = new InterruptibleReads(Executors.newSingleThreadExecutor());

        assertThatThrownBy(() -> reads.call(() -> {
                    throw new IllegalArgumentException("no such collection");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        reads.close();
    }

    /** As the driver's sockets are. */
    private static boolean deaf(CountDownLatch answered) {
        while (true) {
            try {
                answered.await();
                return true;
            } catch (InterruptedException ignored) {
                // the socket does not listen either
            }
        }
    }
}
