package io.baler.job.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * ISO 8601 as bounds of a range. A date alone means its first or last millisecond in UTC. Bounds are whole
 * milliseconds, since that is all that a BSON date holds, and rounded inwards: the range is never widened.
 */
final class IsoDates {
    private IsoDates() {}

    static Instant start(String text) {
        var exact = isDate(text) ? date(text).atStartOfDay().toInstant(ZoneOffset.UTC) : time(text);
        var whole = exact.truncatedTo(ChronoUnit.MILLIS);
        return whole.equals(exact) ? whole : whole.plusMillis(1);
    }

    static Instant end(String text) {
        var exact = isDate(text) ? date(text).atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC) : time(text);
        return exact.truncatedTo(ChronoUnit.MILLIS);
    }

    private static boolean isDate(String text) {
        return text.indexOf('T') < 0 && text.indexOf('t') < 0;
    }

    private static LocalDate date(String text) {
        var date = LocalDate.parse(text);
        requireFourDigits(date.getYear());
        return date;
    }

    private static Instant time(String text) {
        var time = OffsetDateTime.parse(text);
        requireFourDigits(time.getYear());
        return time.toInstant();
    }

    private static void requireFourDigits(int year) {
        if (year < 0 || year > 9999) {
            throw new DateTimeException("year out of range");
        }
    }
}
