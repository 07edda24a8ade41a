package io.baler.worker.chaos;

import static org.awaitility.Awaitility.await;

import io.baler.job.ExportJob;
import io.baler.worker.Installation;
import io.baler.worker.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Worker processes that may be killed: whoever is missing has a successor by the next export. */
final class WorkerPool implements AutoCloseable {
    private final Installation baler;
    private final int size;
    private final String[] properties;
    private final List<WorkerProcess> workers = new ArrayList<>();

    WorkerPool(Installation baler, int size, String... properties) {
        this.baler = baler;
        this.size = size;
        this.properties = properties;
    }

    /** Starts those that are missing, and returns when so many can work. */
    void awaitReady(int enough) {
        fillUp();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> workers.stream().filter(WorkerProcess::isReady).count() >= enough);
    }

    /** Starts those that are missing. */
    synchronized void fillUp() {
        workers.removeIf(worker -> !worker.isAlive());
        while (workers.size() < size) {
            workers.add(WorkerProcess.start(baler, properties));
        }
    }

    /** Those that can work. */
    synchronized List<WorkerProcess> ready() {
        return workers.stream()
                .filter(worker -> worker.isAlive() && worker.isReady() && !worker.isLeaving())
                .toList();
    }

    Optional<WorkerProcess> holderOf(ExportJob job) {
        return workers.stream().filter(worker -> worker.holds(job)).findFirst();
    }

    WorkerProcess any(RandomGenerator random) {
        return workers.get(random.nextInt(workers.size()));
    }

    @Override
    public void close() {
        workers.forEach(WorkerProcess::close);
    }
}
