package io.baler.standalone.load;

/** Where prepared documents go: into the collection, or into a check of whether they could. */
sealed interface Destination permits Insertion, Rehearsal {

    void add(PreparedLog log);

    /** Everything that was added has arrived, or is named as bad. */
    void finish();
}
