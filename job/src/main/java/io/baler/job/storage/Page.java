package io.baler.job.storage;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a list that S3 gives piece by piece.
 *
 * @param next asks for the answer behind it; none = this is the last
 */
record Page<T>(List<T> entries, @Nullable Supplier<Page<T>> next) {

    /** Its entries and all behind them; each further page is asked for once the entries before it are consumed. */
    Stream<T> andAllBehind() {
        return Stream.iterate(this, Objects::nonNull, Page::behind).flatMap(page -> page.entries.stream());
    }

    private @Nullable Page<T> behind() {
        return next == null ? null : next.get();
    }
}
