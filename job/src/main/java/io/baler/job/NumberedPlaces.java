package io.baler.job;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/**
 * A limit that holds however many services keep to it: jobs take numbered places, and a unique index gives each place to
 * one of them. Counting first and taking then would let two through at once.
 */
final class NumberedPlaces {
    /** Who loses all of them to others looks again. */
    private static final int ENOUGH_TO_TRY = 16;

    private final MongoOperations mongo;
    private final String field;
    private final int places;

    /** @param field of the job that holds the place; uniquely and sparsely indexed */
    NumberedPlaces(MongoOperations mongo, String field, int places) {
        this.mongo = mongo;
        this.field = field;
        this.places = places;
    }

    boolean areUnlimited() {
        return places == Integer.MAX_VALUE;
    }

    int number() {
        return places;
    }

    /**
     * Some values of the field that nobody holds now; to be tried one after the other, since others may be faster.
     *
     * @param among jobs that share the places
     * @param suffix behind the number; empty where all jobs share them
     */
    List<String> free(Criteria among, String suffix) {
        var query = Query.query(among.and(field).exists(true));
        query.fields().include(field).exclude("_id");
        var taken = new HashSet<String>();
        mongo.find(query, Document.class, ExportJob.COLLECTION)
                .forEach(job -> taken.add(Objects.requireNonNull(job.getString(field))));
        return IntStream.range(0, places)
                .mapToObj(place -> place + suffix)
                .filter(place -> !taken.contains(place))
                .limit(ENOUGH_TO_TRY)
                .toList();
    }
}
