package io.baler.job.events;

/** What is told of a message that was refused, in headers beside it: the message itself stays as it came. */
public final class DeadLetterHeaders {
    /** Why, in words, with the names of the fields. */
    public static final String REASON = "baler-reason";

    /** Why, for programs: as the api would have answered it. */
    public static final String CODE = "baler-code";

    private DeadLetterHeaders() {}
}
