package io.baler.job;

/** What came of the wish to change a job's state. */
public sealed interface Change {

    record Changed(ExportJob job) implements Change {}

    /** The job is in a state that does not allow it: nothing was changed. */
    record Refused(ExportJob job) implements Change {}

    /** Another live job of the requester has the same filters: nothing was changed. */
    record Duplicate(ExportJob existing) implements Change {}

    /** There are as many live jobs as there may be: nothing was changed. */
    record TooMany(LiveLimit limit) implements Change {}

    record NotFound(String id) implements Change {}
}
