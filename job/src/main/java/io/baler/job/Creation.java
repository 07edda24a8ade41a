package io.baler.job;

/** What came of the wish to create a job. */
public sealed interface Creation {

    record Created(ExportJob job) implements Creation {}

    /** The id exists already, be it as a tombstone: nothing was changed. */
    record IdTaken(String id) implements Creation {}

    /** The requester has a live job with the same filters: nothing was created. */
    record Duplicate(ExportJob existing) implements Creation {}

    /** The requester has as many live jobs as one may have: nothing was created. */
    record TooMany(int most) implements Creation {}
}
