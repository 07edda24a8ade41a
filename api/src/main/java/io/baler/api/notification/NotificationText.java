package io.baler.api.notification;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says how an export ended, in words that need no knowledge of Baler. */
final class NotificationText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private NotificationText() {}

    static String of(Notification notification, boolean downloadable) {
        return "Your export of audit logs, requested on " + time(notification.requestedAt()) + ", "
                + switch (notification.outcome()) {
                    case "completed" -> completed(notification, downloadable);
                    case "no_results" -> "has ended: no record matched, so there is nothing to download.";
                    case "failed" -> failed(notification);
                    case "cancelled" -> "was cancelled; there is nothing to download.";
                    case "expired" ->
                        "took longer than it may and was ended; there is nothing to download. Request it again, or"
                                + " less of it at a time.";
                    default -> "has ended: " + notification.outcome() + ".";
                };
    }

    private static String completed(Notification notification, boolean downloadable) {
        var ready = "is ready: " + records(notification.records()) + ". ";
        var archive = notification.archive();
        if (downloadable && archive != null) {
            return ready + "It can be downloaded until " + time(archive.expiresAt()) + ".";
        }
        return ready + "Its archive cannot be downloaded any more; request the export again to get it.";
    }

    private static String failed(Notification notification) {
        var failure = notification.failure();
        return "failed" + (failure == null ? "." : ": " + failure.message());
    }

    private static String records(long count) {
        return count == 1 ? "1 record" : String.format(Locale.ENGLISH, "%,d records", count);
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
