package io.baler.worker.archive;

import java.util.List;

/**
 * How large each part of an upload becomes: small at first, so that little is made again after a crash, larger later,
 * so that the number of parts suffices.
 *
 * <p>S3 takes at most 10,000 parts, and none but the last below 5 MiB. Schedules for tests may be smaller.
 *
 * @param steps in ascending order
 */
public record PartSchedule(List<Step> steps) {

    /** S3's limit for one upload. */
    private static final int MOST_PARTS = 10_000;

    /**
     * @param lastPart number of the last part of this size
     * @param bytes a part ends with the first file that brings it to so many
     */
    public record Step(int lastPart, int bytes) {
        public Step {
            if (lastPart < 1 || lastPart > MOST_PARTS || bytes < 1) {
                throw new IllegalArgumentException("no parts of " + bytes + " bytes up to number " + lastPart);
            }
        }
    }

    public PartSchedule {
        steps = List.copyOf(steps);
        for (int i = 0; i < steps.size(); i++) {
            if (i > 0 && steps.get(i).lastPart() <= steps.get(i - 1).lastPart()) {
                throw new IllegalArgumentException("a part schedule must ascend, got " + steps);
            }
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a part schedule must have steps");
        }
    }

    /** This size up to part 2,000, then twice, four and eight times as much: from 8 MiB on, that is 359 GiB in all. */
    public static PartSchedule startingAt(int bytes) {
        return new PartSchedule(List.of(
                new Step(2_000, bytes),
                new Step(4_000, Math.multiplyExact(bytes, 2)),
                new Step(6_000, Math.multiplyExact(bytes, 4)),
                new Step(MOST_PARTS, Math.multiplyExact(bytes, 8))));
    }

    /** Parts of one size, as many as S3 takes. */
    public static PartSchedule of(int bytes) {
        return new PartSchedule(List.of(new Step(MOST_PARTS, bytes)));
    }

    /**
     * The size at which a part ends.
     *
     * @param n part number, from 1
     * @throws ArchiveTooLarge if there can be no such part
     */
    public int bytesOf(int n) {
        for (Step step : steps) {
            if (n <= step.lastPart()) {
                return step.bytes();
            }
        }
        throw new ArchiveTooLarge(steps.get(steps.size() - 1).lastPart());
    }
}
