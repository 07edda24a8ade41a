package io.baler.api.notification;

import io.baler.api.problem.ApiProblem;
import io.baler.job.JobSummaries;
import io.baler.job.JobSummary;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** The notifications of one requester; nobody else's are there. */
@Service
final class Notifications {
    private final NotificationStore store;
    private final JobSummaries jobs;
    private final Clock clock;

    Notifications(NotificationStore store, JobSummaries jobs, Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** @param more there are older ones */
    record Unseen(List<NotificationView> notifications, boolean more) {}

    /** Newest first. Looks at the exports anew: a link that leads nowhere must not be shown. */
    Unseen unseen(String requester, int most) {
        var found = store.unseen(requester, most + 1);
        var shown = found.subList(0, Math.min(most, found.size()));
        var downloadable = downloadable(shown);
        return new Unseen(
                shown.stream()
                        .map(it -> NotificationView.of(it, downloadable.contains(it.jobId())))
                        .toList(),
                found.size() > most);
    }

    private Set<String> downloadable(List<Notification> shown) {
        var now = clock.instant();
        var ids = shown.stream()
                .filter(it -> it.archive() != null)
                .map(Notification::jobId)
                .toList();
        return jobs.find(ids).stream()
                .filter(job -> job.attachment() != null
                        && now.isBefore(job.attachment().expiresAt()))
                .map(JobSummary::id)
                .collect(Collectors.toSet());
    }

    void see(String requester, String id) {
        requireThere(store.see(requester, id));
    }

    void seeUpTo(String requester, String id) {
        requireThere(store.seeUpTo(requester, id));
    }

    private static void requireThere(boolean there) {
        if (!there) {
            throw new ApiProblem(
                    HttpStatus.NOT_FOUND, "not-found", "There is no notification with this id; nothing was changed");
        }
    }
}
