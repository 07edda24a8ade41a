package io.baler.api.export;

import io.baler.job.source.LogDatabase;
import io.baler.job.source.SourceSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What people are likely to ask for; a request is checked all the same. */
@Service
final class Suggestions {
    private static final int MOST_USERS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Enough for what happens every day, and read in an instant: a list of all would read all logs. */
    private static final int LOGS = 5_000;

    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final LogDatabase logs;
    private final SourceSettings source;
    private final Clock clock;

    private volatile @Nullable Recent recent;

    Suggestions(LogDatabase logs, SourceSettings source, Clock clock) {
        this.logs = logs;
        this.source = source;
        this.clock = clock;
    }

    List<String> users(String prefix) {
        return prefix.isEmpty() ? List.of() : logs.namesLike(prefix, MOST_USERS, PATIENCE);
    }

    SuggestionController.Actions actions() {
        return source.actions().isEmpty()
                ? new SuggestionController.Actions(recentActions(), false)
                : new SuggestionController.Actions(
                        source.actions().stream().sorted().toList(), true);
    }

    /** Kept for a while, for every page asks for them. */
    private List<String> recentActions() {
        var known = recent;
        if (known == null || known.until.isBefore(clock.instant())) {
            known = new Recent(
                    logs.recentActions(LOGS, PATIENCE), clock.instant().plus(GOOD_FOR));
            recent = known;
        }
        return known.actions;
    }

    private record Recent(List<String> actions, Instant until) {}
}
