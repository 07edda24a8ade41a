package io.baler.job;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.List;
import org.springframework.data.mongodb.core.MongoOperations;

/** The part of {@link JobStore} that limits how many live jobs one requester has. */
final class JobSeats {
    static final String SEAT = "requesterSeat";

    private final NumberedPlaces seats;

    JobSeats(MongoOperations mongo, int livePerRequester) {
        this.seats = new NumberedPlaces(mongo, SEAT, livePerRequester);
    }

    boolean areUnlimited() {
        return seats.areUnlimited();
    }

    int number() {
        return seats.number();
    }

    List<String> freeOf(String requester) {
        return seats.free(where("requestedBy").is(requester), " " + requester);
    }
}
