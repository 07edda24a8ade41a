package io.baler.standalone.client;

/** Nothing answers at the server's address, or the connection broke. */
public final class Unreachable extends CallFailed {

    Unreachable(String line, Throwable cause) {
        super(line, cause);
    }

    @Override
    boolean mayPass() {
        return true;
    }
}
