package io.baler.worker.encode;

/**
 * Writes a date as JavaScript's {@code toISOString} does, in UTC to the millisecond, and as Extended JSON where
 * JavaScript has no such date.
 */
final class JsonDate {

    /** ECMA-262, time values: 100,000,000 days on either side of 1970. */
    private static final long FURTHEST = 8_640_000_000_000_000L;

    private static final int MILLIS_PER_DAY = 86_400_000;
    private static final int DAYS_PER_ERA = 146_097;
    /** From 0000-03-01, where the eras of 400 years are counted from, to 1970-01-01. */
    private static final int DAYS_TO_1970 = 719_468;

    private JsonDate() {}

    static void write(long epochMillis, GrowableBytes out) {
        if (epochMillis > FURTHEST || epochMillis < -FURTHEST) {
            out.ascii("{\"$date\":{\"$numberLong\":\"" + epochMillis + "\"}}");
            return;
        }
        out.write('"');
        writeDay((int) Math.floorDiv(epochMillis, (long) MILLIS_PER_DAY), out);
        out.write('T');
        writeTime(Math.floorMod(epochMillis, MILLIS_PER_DAY), out);
        out.ascii("Z\"");
    }

    // Years are counted from March, so that the leap day is the last one: no table of months is needed.
    private static void writeDay(int epochDay, GrowableBytes out) {
        int day = epochDay + DAYS_TO_1970;
        int era = Math.floorDiv(day, DAYS_PER_ERA);
        int dayOfEra = day - era * DAYS_PER_ERA;
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        writeYear(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), out);
        out.write('-');
        two(month, out);
        out.write('-');
        two(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, out);
    }

    private static void writeYear(int year, GrowableBytes out) {
        if (year >= 0 && year <= 9999) {
            two(year / 100, out);
            two(year % 100, out);
        } else {
            int far = Math.abs(year);
            out.write(year < 0 ? '-' : '+');
            two(far / 10_000, out);
            two(far / 100 % 100, out);
            two(far % 100, out);
        }
    }

    private static void writeTime(int millis, GrowableBytes out) {
        two(millis / 3_600_000, out);
        out.write(':');
        two(millis / 60_000 % 60, out);
        out.write(':');
        two(millis / 1_000 % 60, out);
        out.write('.');
        out.write('0' + millis % 1_000 / 100);
        two(millis % 100, out);
    }

    // Divided by constants only: a division that the compiler cannot replace costs more than the rest of the date.
    private static void two(int value, GrowableBytes out) {
        out.write('0' + value / 10);
        out.write('0' + value % 10);
    }
}
