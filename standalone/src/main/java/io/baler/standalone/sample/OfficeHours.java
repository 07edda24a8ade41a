package io.baler.standalone.sample;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Spreads events over half a year the way people work: by day, hardly at night, little at weekends. */
final class OfficeHours {

    /** Fixed, so that the same logs come out at any time. */
    static final Instant END = Instant.parse("2026-07-01T00:00:00Z");

    private static final int DAYS = 181;
    private static final int HOURS = 24;
    static final Instant BEGIN = END.minus(Duration.ofDays(DAYS));

    private static final int[] BY_HOUR = {
        1, 1, 1, 1, 1, 2, 5, 18, 55, 90, 100, 95, 60, 80, 98, 92, 80, 60, 28, 14, 10, 8, 4, 2
    };
    private static final double WEEKEND = 0.08;

    private final Weights hours = new Weights(DAYS * HOURS, OfficeHours::weight);

    /** The moment by which this share of all events has happened; a larger share is never an earlier moment. */
    Instant at(double share) {
        var hour = hours.at(share);
        var millis = (long) (hours.within(share, hour) * Duration.ofHours(1).toMillis());
        return BEGIN.plus(Duration.ofHours(hour)).plusMillis(millis);
    }

    private static double weight(int hour) {
        var day = BEGIN.plus(Duration.ofHours(hour)).atOffset(ZoneOffset.UTC).getDayOfWeek();
        var weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
        return BY_HOUR[hour % HOURS] * (weekend ? WEEKEND : 1);
    }
}
