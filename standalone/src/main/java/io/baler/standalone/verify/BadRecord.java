package io.baler.standalone.verify;

import org.jspecify.annotations.Nullable;

/** Where a record should be is something else; the message says what, without its content. */
final class BadRecord extends RuntimeException {

    BadRecord(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
