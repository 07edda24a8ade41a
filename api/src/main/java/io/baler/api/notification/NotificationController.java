package io.baler.api.notification;

import io.baler.api.export.Caller;
import io.baler.api.notification.Notifications.Unseen;
import io.baler.job.request.InvalidRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@link Notifications} over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/notifications", produces = MediaType.APPLICATION_JSON_VALUE)
final class NotificationController {
    private static final int MOST = 100;

    private final Notifications notifications;

    NotificationController(Notifications notifications) {
        this.notifications = notifications;
    }

    @GetMapping
    Unseen unseen(@RequestParam(defaultValue = "50") String limit, Caller caller) {
        return notifications.unseen(caller.name(), limit(limit));
    }

    @PutMapping(path = "/{id}/seen", produces = MediaType.ALL_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void see(@PathVariable String id, Caller caller) {
        notifications.see(caller.name(), id);
    }

    /** All up to one, and not simply all: some may have come since the caller has looked. */
    @PutMapping(path = "/seen", produces = MediaType.ALL_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void seeUpTo(@RequestParam(defaultValue = "") String upTo, Caller caller) {
        if (upTo.isBlank()) {
            throw InvalidRequest.malformed("upTo", "is required: the id of the newest notification that was seen");
        }
        notifications.seeUpTo(caller.name(), upTo);
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,3}")) {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw InvalidRequest.malformed("limit", "must be a whole number from 1 to " + MOST);
    }
}
