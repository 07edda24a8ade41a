package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnApiServer.class)
class PollingTest {
    private final ApiServer api;
    private final FakeWorker worker;

    PollingTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @Test
    void whoeverPollsIsToldWhenToComeBackUntilTheEnd() {
        var id = api.requested();

        assertThat(find(id).header("retry-after")).isEqualTo("1");
        worker.begin(id, 3_000L);
        assertThat(find(id).header("retry-after")).isEqualTo("1");
        api.jobs().cancel(id);
        assertThat(find(id).header("retry-after")).isEmpty();
    }

    @Test
    void whatIsKnownIsNotSentAgainUntilItChanges() {
        var id = api.requested();
        var claim = worker.begin(id, 3_000L);
        var first = find(id);

        var unchanged = api.send(api.call(EXPORTS + "/" + id).header("If-None-Match", first.header("etag")))
                .is(304);

        assertThat(unchanged.text()).isEmpty();
        assertThat(unchanged.header("etag")).isEqualTo(first.header("etag"));
        assertThat(unchanged.header("retry-after")).isEqualTo("1");
        assertThat(unchanged.header("cache-control")).isEqualTo("no-cache, private");
        // the lease alone is none of the caller's business
        api.jobs().renew(claim, 0);
        assertThat(find(id).header("etag")).isEqualTo(first.header("etag"));
        api.jobs().renew(claim, 1);
        var changed = api.send(api.call(EXPORTS + "/" + id).header("If-None-Match", first.header("etag")))
                .is(200);
        assertThat(changed.body().at("/progress/exported").intValue()).isEqualTo(1);
        assertThat(changed.header("etag")).isNotEqualTo(first.header("etag"));
    }

    private Answer find(String id) {
        return api.get(EXPORTS + "/" + id).is(200);
    }
}
