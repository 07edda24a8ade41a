package io.baler.job;

/** What came of the wish to create a job. */
public sealed interface Creation {

    record Created(ExportJob job) implements Creation {}

    /** The id exists already, be it as a tombstone: nothing was changed. */
    record IdTaken(String id) implements Creation {}

    /** The requester has a live job with the same filters: nothing was created. */
    record Duplicate(ExportJob existing) implements Creation {}

    /** There are as many live jobs as there may be: nothing was created. */
    record TooMany(LiveLimit limit) implements Creation {}
}
