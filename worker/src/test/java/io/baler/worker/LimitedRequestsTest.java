package io.baler.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.JobStatus;
import java.nio.charset.StandardCharsets;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks by message keeps to the same limits as who asks by HTTP. */
class LimitedRequestsTest {
    private static Installation baler;

    @BeforeAll
    static void start() {
        baler = new Installation();
        baler.startWorker("--baler.limits.longest-range=31d", "--baler.limits.names=2", "--baler.limits.live-total=1");
    }

    @AfterAll
    static void stop() {
        baler.close();
    }

    @BeforeEach
    void clear() {
        baler.clear();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'dateFrom':'2023-01-01','dateTo':'2023-02-01'}                              | longest-range
            {'dateFrom':'2023-01-01'}                                                    | longest-range
            {'dateFrom':'2023-01-01','dateTo':'2023-01-02','users':['a','b','c']}        | names
            """)
    void whatAsksForMoreThanAllowedIsDeadLetteredWithTheReason(String filters, String limit) {
        assertThat(reasonOfTheDeadLetterFor(filters)).contains("baler.limits." + limit);
    }

    @Test
    void whatComesWhileAsManyExportsAreLiveAsAllowedIsDeadLetteredWithTheReason() {
        var other = new Document("_id", "another's").append("totalSeat", "0");
        baler.database().getCollection("exportJobs").insertOne(other);

        assertThat(reasonOfTheDeadLetterFor("{'dateFrom':'2023-01-01','dateTo':'2023-01-02'}"))
                .contains("baler.limits.live-total");
    }

    private static String reasonOfTheDeadLetterFor(String filters) {
        var id = new ObjectId().toHexString();
        baler.publish(
                id,
                "{'jobId':'%s','requestedBy':'script','filters':%s}"
                        .formatted(id, filters)
                        .replace('\'', '"'));

        var letter = baler.awaitDeadLetter(id);

        var reason = new String(letter.headers().lastHeader("baler-reason").value(), StandardCharsets.UTF_8);
        var job = baler.jobs().find(id).orElseThrow();
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.failure().message()).contains(reason);
        return reason;
    }
}
