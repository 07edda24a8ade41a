package io.baler.worker.faults;

import java.util.regex.Pattern;

/**
 * A call as its request line tells it.
 *
 * @param jobId that its key belongs to; empty if there is none
 * @param part number; 0 if it is about no part
 */
record S3Call(Operation operation, String jobId, int part) {
    private static final Pattern JOB = Pattern.compile("audit-log-bulk-export(?:/|%2F)([0-9a-f-]+)(?:/|%2F)");
    private static final Pattern PART = Pattern.compile("[?&]partNumber=(\\d+)");

    /** What Baler's workers and sweeps ask of S3 for an export. */
    enum Operation {
        CREATE,
        UPLOAD_PART,
        COMPLETE,
        HEAD,
        LIST_UPLOADS,
        PUT_OBJECT,
        OTHER
    }

    /** @param requestLine method, path with query, version */
    static S3Call of(String requestLine) {
        var words = requestLine.split(" ");
        var job = JOB.matcher(words[1]);
        var part = PART.matcher(words[1]);
        return new S3Call(
                operation(words[0], words[1]),
                job.find() ? job.group(1) : "",
                part.find() ? Integer.parseInt(part.group(1)) : 0);
    }

    private static Operation operation(String method, String target) {
        var asksForUploads = target.matches(".*[?&]uploads(=?)(&.*)?");
        return switch (method) {
            case "POST" ->
                asksForUploads ? Operation.CREATE : target.contains("uploadId=") ? Operation.COMPLETE : Operation.OTHER;
            case "PUT" -> target.contains("partNumber=") ? Operation.UPLOAD_PART : Operation.PUT_OBJECT;
            case "HEAD" -> Operation.HEAD;
            case "GET" -> asksForUploads ? Operation.LIST_UPLOADS : Operation.OTHER;
            default -> Operation.OTHER;
        };
    }
}
