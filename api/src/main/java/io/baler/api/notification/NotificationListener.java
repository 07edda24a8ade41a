package io.baler.api.notification;

import io.baler.job.JobSummaries;
import io.baler.job.events.Topics;
import io.baler.job.request.JobIds;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * Hears that an export has ended. The message is only the bell: which export it is about is all that is taken from it, and
 * what is told is what MongoDB says. One that lies or is no message at all tells nothing.
 */
final class NotificationListener {
    private final JobSummaries jobs;
    private final NotificationStore notifications;
    private final NotificationSettings settings;
    private final Topics topics;

    NotificationListener(
            JobSummaries jobs, NotificationStore notifications, NotificationSettings settings, Topics topics) {
        this.jobs = jobs;
        this.notifications = notifications;
        this.settings = settings;
        this.topics = topics;
    }

    /** Named by the annotation below. */
    public Topics getTopics() {
        return topics;
    }

    @KafkaListener(
            id = "baler-notifications",
            idIsGroup = false,
            // one of several replicas hears of each end
            groupId = "#{__listener.topics.notifications()}",
            topics = "#{__listener.topics.finished()}",
            containerFactory = "notificationContainers")
    void onFinished(ConsumerRecord<@Nullable String, byte[]> message) {
        var id = message.key();
        if (id == null || !JobIds.isValid(id)) {
            return;
        }
        jobs.find(id)
                .filter(job -> job.status().isFinished())
                .ifPresent(ended -> notifications.tell(Notification.of(ended, settings.retention())));
    }
}
