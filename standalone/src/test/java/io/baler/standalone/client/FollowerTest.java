package io.baler.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.job.JobStatus;
import io.baler.standalone.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final String FIND = "GET /api/v1/exports/" + ExportJson.ID;

    private final FakeApi api = new FakeApi();
    private final Shown shown = new Shown();

    private Follower follower(Duration patience) {
        return new Follower(new BalerClient(api.url(), "t"), Duration.ofMillis(5), patience);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsEveryStateUntilTheEnd() {
        api.on(FIND, 200, ExportJson.export("queued", 0))
                .on(FIND, 200, ExportJson.export("exporting", 2))
                .on(FIND, 200, ExportJson.export("uploading", 4))
                .on(FIND, 200, ExportJson.export("completed", 4));

        var export = follower(Duration.ofSeconds(10)).follow(ExportJson.ID, shown);

        assertThat(export.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(shown.states).containsExactly("0/4 queued", "2/4 exporting", "4/4 uploading", "4/4 completed");
    }

    @Test
    void comesBackWhenTheServerSaysSo() {
        api.on(FIND, (exchange, call) -> {
                    exchange.getResponseHeaders().add("Retry-After", "1");
                    FakeApi.answer(200, ExportJson.export("exporting", 2)).to(exchange, call);
                })
                .on(FIND, 200, ExportJson.export("completed", 4));
        var began = System.nanoTime();

        follower(Duration.ofSeconds(10)).follow(ExportJson.ID, shown);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void bearsWithAServerThatIsAwayForAWhile() {
        api.on(FIND, 200, ExportJson.export("exporting", 2))
                .on(FIND, 503, "")
                .on(FIND, (exchange, call) -> exchange.close())
                .on(FIND, 503, "")
                .on(FIND, 200, ExportJson.export("failed", 2));

        var export = follower(Duration.ofSeconds(10)).follow(ExportJson.ID, shown);

        assertThat(export.status()).isEqualTo(JobStatus.FAILED);
        assertThat(shown.notes).singleElement().asString().contains("trying again");
    }

    @Test
    void givesUpWhenTheServerStaysAway() {
        api.on(FIND, 503, "{\"detail\": \"no database\"}");

        assertThatThrownBy(() -> follower(Duration.ofMillis(50)).follow(ExportJson.ID, shown))
                .hasMessage("no database");
    }

    @Test
    void givesUpAtOnceWhenTheExportIsNotThere() {
        assertThatThrownBy(() -> follower(Duration.ofHours(1)).follow(ExportJson.ID, shown))
                .hasMessage("nothing here");
    }

    private static final class Shown implements Progress {

        final List<String> states = new ArrayList<>();
        final List<String> notes = new ArrayList<>();

        @Override
        public void at(long done, long total, String state) {
            states.add(done + "/" + total + " " + state);
        }

        @Override
        public void note(String line) {
            notes.add(line);
        }

        @Override
        public void close() {}
    }
}
