package io.baler.standalone.verify;

import io.baler.job.IdKind;
import io.baler.standalone.verify.id.Id;
import java.util.Optional;

/** The records of one file, read one after the other. */
interface Records {

    /**
     * The next one's {@code _id}; none behind the last.
     *
     * @param kind that it is said to be of
     * @throws BadRecord if there is something else; nothing more can be read then
     */
    Optional<Id> next(IdKind kind);
}
