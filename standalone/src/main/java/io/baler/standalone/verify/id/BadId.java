package io.baler.standalone.verify.id;

import io.baler.job.IdKind;

/** What is written is no {@code _id} of the kind that it is said to be. */
public final class BadId extends RuntimeException {

    BadId(IdKind kind, String written, Throwable cause) {
        super("has the _id " + Id.shortened(written) + ", which is no " + kind.value(), cause);
    }

    BadId(String what) {
        super(what);
    }
}
