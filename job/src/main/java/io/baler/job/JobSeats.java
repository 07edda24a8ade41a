package io.baler.job;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;

/** The part of {@link JobStore} that limits how many live jobs there are, of one requester and of all. */
final class JobSeats {
    static final String SEAT = "requesterSeat";
    static final String SEAT_OF_ALL = "totalSeat";

    private final NumberedPlaces own;
    private final NumberedPlaces all;

    JobSeats(MongoOperations mongo, JobLimits.Limits limits) {
        this.own = new NumberedPlaces(mongo, SEAT, limits.livePerRequester());
        var total = limits.liveTotal();
        this.all = new NumberedPlaces(mongo, SEAT_OF_ALL, total == null ? Integer.MAX_VALUE : total);
    }

    /**
     * Hands over a seat of each kind, by field, that was free just now.
     *
     * @return the limit by which there was none
     */
    Optional<LiveLimit> take(String requester, BiConsumer<String, String> seat) {
        if (!own.areUnlimited()) {
            var free = own.free(where("requestedBy").is(requester), " " + requester);
            if (free.isEmpty()) {
                return Optional.of(LiveLimit.perRequester(own.number()));
            }
            seat.accept(SEAT, free.get(0));
        }
        if (!all.areUnlimited()) {
            var free = all.free(new Criteria(), "");
            if (free.isEmpty()) {
                return Optional.of(LiveLimit.inTotal(all.number()));
            }
            // requesters who come at the same moment need not all try the first one
            seat.accept(SEAT_OF_ALL, free.get(Math.floorMod(requester.hashCode(), free.size())));
        }
        return Optional.empty();
    }
}
