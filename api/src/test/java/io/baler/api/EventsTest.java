package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.api.EventClient.Event;
import io.baler.api.stream.EventStreams;
import io.baler.job.ArchiveFormat;
import io.baler.job.LogFilters;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.JobIds;
import io.baler.job.request.RequestedExport;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(OnApiServer.class)
@Timeout(60)
class EventsTest {
    private final ApiServer api;
    private final FakeWorker worker;

    EventsTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @Test
    void progressIsToldAsItIsMadeThenTheOutcomeAndThenNothing() throws IOException {
        var id = api.requested();
        try (var events = follow(id)) {
            assertThat(events.response().headers().firstValue("content-type"))
                    .contains("text/event-stream;charset=UTF-8");
            assertThat(events.response().headers().firstValue("cache-control")).contains("no-store");
            assertThat(events.response().headers().firstValue("x-accel-buffering"))
                    .contains("no");
            assertThat(events.line()).matches("retry: [1-3][0-9]{3}");
            var waiting = events.next();
            assertThat(waiting.type()).isEqualTo("progress");
            assertThat(waiting.data()).isEqualTo(api.get(EXPORTS + "/" + id).body());

            var claim = worker.begin(id, 3_000L);
            assertThat(events.next().data().path("status").stringValue()).isEqualTo("exporting");
            var asked = System.nanoTime();
            api.jobs().renew(claim, 1_000);
            assertThat(events.next().data().at("/progress/exported").intValue()).isEqualTo(1_000);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));

            api.jobs().cancel(id);
            assertThat(events.rest()).singleElement().satisfies(outcome -> {
                assertThat(outcome.type()).isEqualTo("cancelled");
                assertThat(outcome.data()).isEqualTo(api.get(EXPORTS + "/" + id).body());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "no_results", "failed", "cancelled"})
    void anExportThatHasEndedIsToldOnceAndNotAgain(String outcome) throws IOException {
        var id = ended(outcome);

        Event told;
        try (var events = follow(id)) {
            told = events.next();
            assertThat(told.type()).isEqualTo(outcome);
            assertThat(events.rest()).isEmpty();
        }

        assertThat(api.send(call(id).header("Last-Event-ID", told.id())).is(204).text())
                .isEmpty();
    }

    @Test
    void anOutcomeThatWasHeardIsNotNewWhenTheArchiveIsGivenUpLater() throws IOException {
        var id = ended("completed");
        String heard;
        try (var events = follow(id)) {
            heard = events.next().id();
        }

        api.jobs().releaseAttachment(id);

        api.send(call(id).header("Last-Event-ID", heard)).is(204);
    }

    @Test
    void whoComesBackHearsWhatWasMissedAndStillMatters() throws IOException {
        var id = api.requested();
        var claim = worker.begin(id, 3_000L);
        String heard;
        try (var events = follow(id)) {
            heard = events.next().id();
        }

        api.jobs().renew(claim, 1_000);
        api.jobs().renew(claim, 2_000);
        try (var again = follow(id, call -> call.header("Last-Event-ID", heard))) {
            assertThat(again.next().data().at("/progress/exported").intValue()).isEqualTo(2_000);
        }

        api.jobs().cancel(id);
        try (var again = follow(id, call -> call.header("Last-Event-ID", heard))) {
            assertThat(again.rest()).extracting(Event::type).containsExactly("cancelled");
        }
    }

    @Test
    void whoComesBackAndHasMissedNothingHearsNothingTwice() throws IOException {
        var id = api.requested();
        String heard;
        try (var events = follow(id)) {
            heard = events.next().id();
        }

        try (var again = follow(id, call -> call.header("Last-Event-ID", heard))) {
            api.jobs().cancel(id);
            assertThat(again.rest()).extracting(Event::type).containsExactly("cancelled");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "completed-0", "{\"$gt\":\"\"}", "progress"})
    void anIdThatNobodyWasGivenCountsAsNone(String heard) throws IOException {
        var id = ended("cancelled");

        try (var events = follow(id, call -> call.header("Last-Event-ID", heard))) {
            assertThat(events.rest()).extracting(Event::type).containsExactly("cancelled");
        }
    }

    @Test
    void afterARestartTheStreamGoesOn() throws IOException {
        var id = api.requested();
        var claim = worker.begin(id, 3_000L);
        api.jobs().renew(claim, 1_000);
        try (var events = follow(id)) {
            assertThat(events.next().data().at("/progress/exported").intValue()).isEqualTo(1_000);

            api.post(EXPORTS + "/" + id + "/restart").is(202);

            var restarted = events.next();
            assertThat(restarted.type()).isEqualTo("progress");
            assertThat(restarted.data().path("status").stringValue()).isEqualTo("queued");
        }
    }

    @Test
    void ofADeletedExportTheStreamEndsAndDoesNotBeginAgain() throws IOException {
        var id = ended("failed");
        api.post(EXPORTS + "/" + id + "/resume").is(202);
        try (var events = follow(id)) {
            assertThat(events.next().type()).isEqualTo("progress");
            api.jobs().cancel(id);
            api.jobs().delete(id);

            // it may have been looked at in between
            assertThat(events.rest()).extracting(Event::type).isSubsetOf("cancelled");
        }

        api.send(call(id)).isProblem(404, "not-found");
    }

    @Test
    void somebodyElsesExportIsNotThere() {
        var anything = new RequestedExport(LogFilters.NONE, ArchiveFormat.JSON, null);
        var others = api.bean(ExportRequests.class).accept(JobIds.next(), "dora", anything);
        api.jobs().create(others);

        api.send(call(others.id())).isProblem(404, "not-found");
        api.send(call("000000000000000000000000")).isProblem(404, "not-found");
        api.send(call("1")).isProblem(404, "not-found");
    }

    @Test
    void whoWantsToKnowAboutTheStreamOnlyIsNotKeptWaiting() {
        var id = api.requested();

        var answer = api.send(call(id).method("HEAD", BodyPublishers.noBody())).is(200);

        assertThat(answer.header("content-type")).startsWith("text/event-stream");
        api.send(api.call(EXPORTS + "/" + id + "/events").header("Accept", "application/json"))
                .isProblem(406, "not-acceptable");
    }

    @Test
    void aStreamSurvivesAnAbsenceOfTheDatabase() throws IOException {
        var id = api.requested();
        try (var events = follow(id)) {
            events.next();
            api.mongodb().cut();
            await().until(() -> api.get(EXPORTS).status() == 503);
            api.mendMongodb();

            api.jobs().cancel(id);

            assertThat(events.rest()).extracting(Event::type).containsExactly("cancelled");
        }
    }

    @Test
    void ofAClientThatIsGoneNothingStays() throws IOException {
        var streams = api.bean(EventStreams.class);
        var id = api.requested();
        var claim = worker.begin(id, 3_000_000L);
        var events = follow(id);
        events.next();
        assertThat(streams.size()).isPositive();

        events.close();

        var count = new AtomicLong();
        await().untilAsserted(() -> {
            // what is written finds that nobody reads
            api.jobs().renew(claim, count.incrementAndGet());
            assertThat(streams.size()).isZero();
        });
    }

    private String ended(String outcome) {
        var id = api.requested();
        switch (outcome) {
            case "completed" ->
                worker.complete(
                        id, "x".getBytes(StandardCharsets.UTF_8), Instant.now().plus(Duration.ofDays(1)));
            case "no_results" -> worker.completeWithoutMatch(id);
            case "failed" -> worker.fail(id);
            default -> api.jobs().cancel(id);
        }
        return id;
    }

    private EventClient follow(String id) {
        return follow(id, call -> call);
    }

    private EventClient follow(String id, UnaryOperator<HttpRequest.Builder> more) {
        var events = EventClient.open(api, more.apply(api.call(EXPORTS + "/" + id + "/events")));
        assertThat(events.response().statusCode()).isEqualTo(200);
        return events;
    }

    private HttpRequest.Builder call(String id) {
        return api.call(EXPORTS + "/" + id + "/events").header("Accept", "text/event-stream");
    }
}
