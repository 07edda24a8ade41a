package io.baler.job;

import java.util.Comparator;
import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The filters as they apply to the source, resolved when the job was accepted, so that neither a renamed user nor
 * a changed setting changes an export that has begun.
 *
 * @param users values of the user field that match; none = every user
 * @param database the logs' database
 * @param collection the logs' collection
 * @param userField dotted path of the user
 * @param actionField dotted path of the action
 * @param timeField dotted path of the time
 */
public record Selection(
        @Nullable List<BsonValue> users,
        String database,
        String collection,
        String userField,
        String actionField,
        String timeField) {

    public Selection {
        users = users == null ? null : List.copyOf(users);
    }

    /** Whether it selects the same records, in whichever order the users were named. */
    public boolean selectsAs(Selection other) {
        return inOrder().equals(other.inOrder());
    }

    private Selection inOrder() {
        var sorted = users == null
                ? null
                : users.stream()
                        .sorted(Comparator.comparing(BsonValue::toString))
                        .toList();
        return new Selection(sorted, database, collection, userField, actionField, timeField);
    }
}
