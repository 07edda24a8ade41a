package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.Claim;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients by the hundred and thousand, on real connections. */
@ExtendWith(OnApiServer.class)
@Timeout(300)
class ManyFollowersTest {
    private static final int CLIENTS = Effort.of(200, 1_000);
    private static final int TICKS = Effort.of(5, 20);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Replica replica;

    private final ApiServer api;
    private final FakeWorker worker;

    ManyFollowersTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @BeforeAll
    static void start(ApiServer api) {
        replica = Replica.with(
                api,
                new Class<?>[] {CountedFinds.class},
                "--baler.events.poll=" + POLL.toMillis() + "ms",
                "--baler.events.streams-per-requester=5000",
                // were one held for each client, most would never be answered
                "--server.tomcat.threads.max=10");
    }

    @AfterAll
    static void stop() {
        replica.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void everyClientHearsOfProgressAndOfTheEndAndMongodbIsAskedOnceForAll(int exports) throws IOException {
        var claims = new HashMap<String, Claim>();
        for (int i = 0; i < exports; i++) {
            var id = api.requested();
            claims.put(id, worker.begin(id, 1_000_000L));
        }
        var ids = claims.keySet().stream().toList();
        var before = heap();
        try (var crowd = new Crowd(replica.port())) {
            IntStream.range(0, CLIENTS).forEach(n -> crowd.join(EXPORTS + "/" + ids.get(n % exports) + "/events"));
            all(crowd, member -> member.progress == 1);
            assertThat(replica.streams().size()).isEqualTo(CLIENTS);
            var joined = heap();

            var finds = CountedFinds.FINDS.get();
            var began = System.nanoTime();
            for (int tick = 1; tick <= TICKS; tick++) {
                renew(claims, tick * 1_000L);
                var heard = tick + 1;
                all(crowd, member -> member.progress >= heard);
            }
            var looks = Duration.ofNanos(System.nanoTime() - began).dividedBy(POLL);
            assertThat(CountedFinds.FINDS.get() - finds).isBetween(TICKS, (int) looks + 2);
            var followed = heap();

            ids.forEach(id -> api.jobs().cancel(id));
            all(crowd, member -> member.ended);

            assertThat(crowd.members()).allSatisfy(member -> {
                assertThat(member.status).isEqualTo("200");
                assertThat(member.progress).isEqualTo(TICKS + 1);
                assertThat(member.outcome).isEqualTo("cancelled");
                assertThat(member.outcomes).isEqualTo(1);
            });
            await().untilAsserted(() -> assertThat(replica.streams().size()).isZero());
            System.out.printf(
                    "%,d clients, %d exports, %d rounds; heap before %,d KiB, joined %,d KiB,"
                            + " after the rounds %,d KiB, after the end %,d KiB%n",
                    CLIENTS, exports, TICKS, before, joined, followed, heap());
            assertThat(followed - joined).isLessThan(20 << 10);
        }
    }

    private void renew(Map<String, Claim> claims, long count) {
        claims.values().forEach(claim -> api.jobs().renew(claim, count));
    }

    private static void all(Crowd crowd, Predicate<Crowd.Member> state) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(crowd.members()).allMatch(state));
    }

    /** KiB that are in use. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
    }
}
