package io.baler.job.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.LogFilters;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterHashTest {

    @Test
    void theOrderAndRepetitionOfValuesDoNotMatter() {
        assertThat(FilterHash.of(actions("b", "a", "b"), List.of("2", "1"), ArchiveFormat.JSON))
                .isEqualTo(FilterHash.of(actions("a", "b"), List.of("1", "2", "1"), ArchiveFormat.JSON));
    }

    @Test
    void everyFilterAndTheFormatMatter() {
        var some = new LogFilters(null, null, List.of("a"), Instant.EPOCH, null);

        assertThat(List.of(
                        FilterHash.of(LogFilters.NONE, null, ArchiveFormat.JSON),
                        FilterHash.of(LogFilters.NONE, null, ArchiveFormat.CSV),
                        FilterHash.of(LogFilters.NONE, List.of("1"), ArchiveFormat.JSON),
                        FilterHash.of(actions("a"), null, ArchiveFormat.JSON),
                        FilterHash.of(some, null, ArchiveFormat.JSON),
                        FilterHash.of(
                                new LogFilters(null, null, List.of("a"), null, Instant.EPOCH),
                                null,
                                ArchiveFormat.JSON)))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    @Test
    void eachFormatIsARequestOfItsOwn() {
        assertThat(ArchiveFormat.values())
                .extracting(format -> FilterHash.of(actions("a"), null, format))
                .doesNotHaveDuplicates();
    }

    /** What jobs of an older version were stored with: another one would let an equal export begin beside them. */
    @Test
    void theHashOfARequestNeverChanges() {
        assertThat(FilterHash.of(LogFilters.NONE, null, ArchiveFormat.JSON))
                .isEqualTo("319e33e3ff0321ec166c815e39147049abe23b436936e9e8ee2b866cd0c8ed1b");
    }

    private static LogFilters actions(String... actions) {
        return new LogFilters(null, null, List.of(actions), null, null);
    }
}
