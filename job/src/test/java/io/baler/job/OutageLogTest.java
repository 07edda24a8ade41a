package io.baler.job;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;

class OutageLogTest {
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @Test
    void anOutageIsOneLineThatItBeginsWithItsReasonAndOneThatItEnds() {
        said.start();
        Logger log = context.getLogger("server");
        log.setLevel(ch.qos.logback.classic.Level.INFO);
        log.addAppender(said);
        var outage = new OutageLog(log, "It is away ({})", "It is back");

        outage.answered();
        outage.failed("refused");
        outage.failed("refused again");
        outage.answered();
        outage.answered();
        outage.failed("timed out");

        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("It is away (refused)", "It is back", "It is away (timed out)");
        assertThat(said.list).allMatch(event -> event.getThrowableProxy() == null);
    }
}
