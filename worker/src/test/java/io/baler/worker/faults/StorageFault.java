package io.baler.worker.faults;

/** What becomes of a call to S3. */
enum StorageFault {
    /** As several servers other than Amazon's say that they have too much to do. */
    STATUS_429(429, "TooManyRequests"),
    STATUS_500(500, "InternalError"),
    /** As Amazon's says it. */
    STATUS_503(503, "SlowDown"),
    /** The connection is reset in the middle of the request, of which the server sees nothing. */
    RESET(0, ""),
    /** It is carried out, and answered a good while later. */
    SLOW(0, ""),
    /** It is carried out; instead of the answer comes a reset. */
    APPLIED_THEN_LOST(0, ""),
    /**
     * It is not carried out, and answered with success and an error in the body, which S3 may do where it has to begin
     * its answer before it knows the outcome. Where an answer has no body, its headers are missing.
     */
    ERROR_WITH_STATUS_200(200, "InternalError"),
    /** Success, says something on the way that is not S3, and nothing else. */
    EMPTY_WITH_STATUS_200(200, ""),
    /** The upload is not known (any more); many servers say so of one that has been completed. */
    UPLOAD_UNKNOWN(404, "NoSuchUpload");

    private final int status;
    private final String code;

    /** @param status of the answer that is made up; 0 for none */
    StorageFault(int status, String code) {
        this.status = status;
        this.code = code;
    }

    boolean isMadeUp() {
        return status != 0;
    }

    /** The whole answer. */
    String answer(S3Call.Operation operation) {
        var first = "HTTP/1.1 " + status + " Fault\r\n";
        if (code.isEmpty()) {
            return first + "Content-Length: 0\r\n\r\n";
        }
        if (operation == S3Call.Operation.HEAD) {
            return first + "\r\n";
        }
        var body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code
                + "</Code><Message>as the test wants it</Message><RequestId>1</RequestId></Error>";
        return first + "Content-Type: application/xml\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
