package io.baler.api.stream;

import io.baler.api.problem.ApiProblem;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * All streams that are open: so many of each requester, never silent for long, no longer than who follows is known to be
 * the requester, and ended before the server stops. In
 * the latest phase of all, thus stopped first: the web server waits for its requests to end.
 */
@Component
@EnableConfigurationProperties(EventSettings.class)
public final class EventStreams implements SmartLifecycle {
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private final EventSettings settings;
    private final Clock clock;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> ofRequester = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "heartbeats"));
    private volatile boolean running;

    EventStreams(EventSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Answers the call with a stream, which is open from now on even if nothing is sent.
     *
     * @param until when it ends at the latest, half a second more or less; none = whenever the events end
     */
    public EventStream open(
            String requester, @Nullable Instant until, HttpServletRequest request, HttpServletResponse response) {
        if (!running) {
            throw new ApiProblem(HttpStatus.SERVICE_UNAVAILABLE, "stopping", "The server is stopping; try again")
                    .retryAfter(Duration.ofSeconds(1));
        }
        ofRequester.compute(requester, (name, open) -> oneMore(open == null ? 0 : open));
        var opened = false;
        try {
            var stream = begin(requester, until, request, response);
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                oneLess(requester);
            }
        }
    }

    private EventStream begin(
            String requester, @Nullable Instant until, HttpServletRequest request, HttpServletResponse response) {
        try {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // nginx would keep the events until it has a buffer full of them
            response.setHeader("X-Accel-Buffering", "no");
            var out = response.getOutputStream();
            var context = request.startAsync(request, response);
            context.setTimeout(0);
            var stream = new EventStream(context, out, until);
            context.addListener(new Closing(stream, requester));
            streams.add(stream);
            stream.send(retryHint());
            out.setWriteListener(stream);
            if (!running) {
                // stopped between the two looks
                stream.end();
            }
            return stream;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Not the same for all: the clients of a server that went away do not come to the next one all at once. */
    private static byte[] retryHint() {
        var millis = ThreadLocalRandom.current().nextInt(1_000, 4_000);
        return ("retry: " + millis + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private int oneMore(int open) {
        if (open >= settings.streamsPerRequester()) {
            throw new ApiProblem(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "too-many-streams",
                            "You follow " + open + " streams of events, and more are not allowed at once"
                                    + " (baler.events.streams-per-requester); close one, or ask for the export"
                                    + " itself from time to time")
                    .with("limit", settings.streamsPerRequester())
                    .retryAfter(A_WHILE);
        }
        return open + 1;
    }

    private void oneLess(String requester) {
        ofRequester.computeIfPresent(requester, (name, open) -> open == 1 ? null : open - 1);
    }

    /** Streams whose connections are held. */
    public int size() {
        return streams.size();
    }

    private void keepAlive() {
        var now = clock.instant();
        streams.forEach(stream -> {
            stream.endIfOver(now);
            stream.keepAlive(HEARTBEAT, settings.heartbeat());
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // writing to streams throws nothing
    public void start() {
        timer.scheduleWithFixedDelay(this::keepAlive, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
        streams.forEach(EventStream::end);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Hears of the end of a stream, however it came. */
    private final class Closing implements AsyncListener {
        private final EventStream stream;
        private final String requester;

        Closing(EventStream stream, String requester) {
            this.stream = stream;
            this.requester = requester;
        }

        private void close() {
            stream.closed();
            if (streams.remove(stream)) {
                oneLess(requester);
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            close();
        }

        /** Completed here, or the container would want to tell an error to a client that is gone. */
        @Override
        public void onError(AsyncEvent event) {
            close();
            event.getAsyncContext().complete();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            onError(event);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
