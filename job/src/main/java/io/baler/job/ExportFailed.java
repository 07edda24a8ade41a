package io.baler.job;

/** An export cannot succeed however often it is tried; the message is for people and says what to do. */
public final class ExportFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    public ExportFailed(String code, String message) {
        super(message);
        this.code = code;
    }

    public Failure failure() {
        return new Failure(code, String.valueOf(getMessage()));
    }
}
