package io.baler.worker.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ExportJob;
import java.util.List;

/**
 * A job only ever goes forward: its epoch and generation rise, and within a generation so does its checkpoint, which
 * keeps every part that it has had. An epoch belongs to one worker, and only that one commits parts under it.
 *
 * @param states of one job, in the order in which they were seen
 */
public record EpochOnlyRises(List<ExportJob> states) {

    public void holds() {
        for (int i = 1; i < states.size(); i++) {
            compare(states.get(i - 1), states.get(i));
        }
    }

    private static void compare(ExportJob before, ExportJob after) {
        assertThat(after.epoch()).as("epoch").isGreaterThanOrEqualTo(before.epoch());
        assertThat(after.gen()).as("generation").isGreaterThanOrEqualTo(before.gen());
        if (after.gen() == before.gen()) {
            compareParts(before, after);
        }
        var lease = before.lease();
        if (after.epoch() == before.epoch() && lease != null && after.lease() != null) {
            assertThat(after.lease().worker())
                    .as("holder of epoch %d", after.epoch())
                    .isEqualTo(lease.worker());
        }
    }

    private static void compareParts(ExportJob before, ExportJob after) {
        var kept = before.checkpoint().parts();
        var parts = after.checkpoint().parts();
        assertThat(parts).as("parts").hasSizeGreaterThanOrEqualTo(kept.size());
        assertThat(parts.subList(0, kept.size())).as("parts committed before").isEqualTo(kept);
        assertThat(parts.subList(kept.size(), parts.size()))
                .as("parts committed while the epoch was %d to %d", before.epoch(), after.epoch())
                .allMatch(part -> part.epoch() >= before.epoch() && part.epoch() <= after.epoch());
    }
}
