package io.baler.bench.source;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonValue;

/**
 * The records that a filter selects by {@code _id}: nothing else in a filter is looked at, for all other conditions of
 * the benchmark's exports hold for every record.
 *
 * @param from number of the first
 * @param to number behind the last
 */
record IdRange(int from, int to) {

    static IdRange of(BenchLogs logs, BsonValue filter) {
        var all = new IdRange(0, logs.count());
        return all.and(logs, filter);
    }

    private IdRange and(BenchLogs logs, BsonValue filter) {
        var narrowed = this;
        if (filter instanceof BsonArray conditions) {
            for (var condition : conditions) {
                narrowed = narrowed.and(logs, condition);
            }
        } else if (filter instanceof BsonDocument conditions) {
            for (var condition : conditions.entrySet()) {
                if (condition.getKey().equals("_id") && condition.getValue() instanceof BsonDocument bounds) {
                    narrowed = narrowed.within(logs, bounds);
                } else if (condition.getKey().equals("$and")) {
                    narrowed = narrowed.and(logs, condition.getValue());
                }
            }
        }
        return narrowed;
    }

    private IdRange within(BenchLogs logs, BsonDocument bounds) {
        int begin = from;
        int end = to;
        for (var bound : bounds.entrySet()) {
            if (bound.getValue() instanceof BsonObjectId id) {
                switch (bound.getKey()) {
                    case "$gt" -> begin = Math.max(begin, logs.below(id.getValue(), true));
                    case "$gte" -> begin = Math.max(begin, logs.below(id.getValue(), false));
                    case "$lt" -> end = Math.min(end, logs.below(id.getValue(), false));
                    case "$lte" -> end = Math.min(end, logs.below(id.getValue(), true));
                    default -> throw new IllegalArgumentException("no condition of _id is known as " + bound.getKey());
                }
            }
        }
        return new IdRange(begin, Math.max(begin, end));
    }

    int count() {
        return to - from;
    }

    IdRange first(int most) {
        return new IdRange(from, Math.min(to, from + most));
    }

    IdRange last() {
        return new IdRange(Math.max(from, to - 1), to);
    }

    IdRange behind(int number) {
        return new IdRange(number, to);
    }
}
