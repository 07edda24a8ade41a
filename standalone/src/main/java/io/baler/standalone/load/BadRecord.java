package io.baler.standalone.load;

/** This record cannot be loaded as it is; the message says why, the reader adds where. */
final class BadRecord extends RuntimeException {

    BadRecord(String reason) {
        super(reason);
    }

    BadRecord(String reason, Throwable cause) {
        super(reason, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
