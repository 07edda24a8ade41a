package io.baler.job.events;

/** What is told of a message that was refused, in headers beside it: the message itself stays as it came. */
public final class DeadLetterHeaders {
    /** Why, in words, with the names of the fields. */
    public static final String REASON = "baler-reason";

    /** Why, for programs: as the api would have answered it. */
    public static final String CODE = "baler-code";

    /** Where it came from: topic, partition, offset and time, as Spring for Kafka writes them. */
    private static final String ORIGIN = "kafka_dlt-";

    private DeadLetterHeaders() {}

    /** Whether a header is one of those that are told beside a dead letter. */
    public static boolean isOurs(String header) {
        return header.equals(REASON) || header.equals(CODE) || header.startsWith(ORIGIN);
    }
}
