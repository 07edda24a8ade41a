package io.baler.standalone.load;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Reads ISO 8601 dates with or without time and offset; what is not said is midnight, and UTC. */
final class IsoDate {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            // otherwise 30 February would quietly be the 28th
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);

    private IsoDate() {}

    /** Milliseconds, which is what BSON dates hold; finer fractions are cut off. */
    static long epochMillis(String text) {
        try {
            var parsed = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (parsed instanceof OffsetDateTime date) {
                return date.toInstant().toEpochMilli();
            }
            if (parsed instanceof LocalDateTime date) {
                return date.toInstant(ZoneOffset.UTC).toEpochMilli();
            }
            return LocalDate.from(parsed)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadRecord("\"" + text + "\" is no ISO 8601 date", e);
        }
    }
}
