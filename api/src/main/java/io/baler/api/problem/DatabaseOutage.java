package io.baler.api.problem;

import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * MongoDB did not answer, and what that means for the caller. The driver tells apart whether a command was sent, and
 * only of one that was not can be said that nothing was started.
 *
 * @param sent a command went out, and its answer did not come back
 */
record DatabaseOutage(String reason, boolean sent) {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Set<Class<? extends MongoException>> OUT_OF_REACH = Set.of(
            MongoTimeoutException.class,
            MongoSocketException.class,
            MongoNotPrimaryException.class,
            MongoNodeIsRecoveringException.class,
            MongoConnectionPoolClearedException.class,
            MongoInterruptedException.class);

    /** None if the failure is another one. */
    static @Nullable DatabaseOutage of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isOutOfReach(cause)) {
                return new DatabaseOutage(cause.getClass().getSimpleName(), !wasNeverSent(cause));
            }
        }
        return null;
    }

    private static boolean isOutOfReach(Throwable failure) {
        return OUT_OF_REACH.stream().anyMatch(kind -> kind.isInstance(failure));
    }

    /** No server or connection was to be had. Of a retried command the driver throws the first try's failure. */
    private static boolean wasNeverSent(Throwable failure) {
        return failure instanceof MongoSocketOpenException
                || failure instanceof MongoConnectionPoolClearedException
                || (failure instanceof MongoTimeoutException && !(failure instanceof MongoOperationTimeoutException));
    }

    /** @param changing whether the call was to change anything */
    ApiProblem problem(boolean changing) {
        var detail = sent && changing
                ? "The database broke off before it answered. Whether the call took effect is not known: look at the"
                        + " exports before repeating it. Repeating a request does not start a second export, for a"
                        + " running one with the same filters is refused as a duplicate."
                : "The database cannot be reached at the moment. Nothing was started or changed; try again later.";
        return new ApiProblem(HttpStatus.SERVICE_UNAVAILABLE, "database-unavailable", detail).retryAfter(PAUSE);
    }
}
