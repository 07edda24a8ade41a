package io.baler.api.notification;

import io.baler.api.docs.CallDoc;
import io.baler.api.docs.CallDocs;
import io.baler.api.docs.Schemas;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
final class NotificationDocs implements CallDocs {
    private static final String ROOT = "/api/v1/notifications";

    @Override
    public String tag() {
        return "Notifications";
    }

    @Override
    public List<CallDoc> calls() {
        return List.of(
                CallDoc.of(HttpMethod.GET, ROOT, "How one's exports ended, as far as one has not seen it")
                        .named("listNotifications")
                        .query("limit", "50 unless it is said", Schemas.number(1, 100))
                        .answers(200, "Newest first", Notifications.Unseen.class)
                        .refuses("invalid-request"),
                CallDoc.of(HttpMethod.PUT, ROOT + "/{id}/seen", "Marks a notification as seen")
                        .named("seeNotification")
                        .answers(204, "It is")
                        .refuses("not-found"),
                CallDoc.of(HttpMethod.PUT, ROOT + "/seen", "Marks all up to one as seen")
                        .named("seeNotifications")
                        .requiredQuery("upTo", "The id of the newest one that was seen", Schemas.text())
                        .answers(204, "They are")
                        .refuses("invalid-request", "not-found"));
    }
}
