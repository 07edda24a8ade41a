package io.baler.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By the examples and rules of W3C Trace Context, level 1. */
class TraceContextTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void aTraceIsTakenOverAsItIs() {
        var headers = Map.of("traceparent", PARENT, "tracestate", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");

        assertThat(TraceContext.in(headers::get))
                .contains(new TraceContext(PARENT, "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"));
    }

    @Test
    void whatLaterVersionsAddIsLeftOut() {
        var headers = Map.of("traceparent", PARENT.replaceFirst("00", "cc") + "-what-the-future-brings");

        assertThat(TraceContext.in(headers::get)).contains(new TraceContext(PARENT, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\nset-cookie: a"
            })
    void whatIsNoTraceIsLeftOut(String parent) {
        assertThat(TraceContext.in(Map.of("traceparent", parent)::get)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=\n", "a=\u00e9"})
    void aStateThatCannotBePassedOnIsLeftOut(String state) {
        assertThat(TraceContext.in(Map.of("traceparent", PARENT, "tracestate", state)::get))
                .contains(new TraceContext(PARENT, null));
    }

    @Test
    void soIsOneThatIsTooLong() {
        var headers = new HashMap<>(Map.of("traceparent", PARENT, "tracestate", "a".repeat(513)));

        assertThat(TraceContext.in(headers::get)).contains(new TraceContext(PARENT, null));
    }
}
