package io.baler.standalone.verify;

import io.baler.job.IdKind;
import io.baler.standalone.verify.id.Id;
import org.jspecify.annotations.Nullable;

/** Whether the ids ascend, from the first file's first to the last file's last: then none comes twice. */
final class IdOrder {

    private @Nullable IdKind kind;
    private @Nullable Id last;
    private boolean onlyNeighboursDiffer;

    /** Returns the one that this one cannot stand behind; none if it can. */
    @Nullable
    Id wrongBefore(IdKind itsKind, Id id) {
        var before = last;
        var isNewKind = itsKind != kind;
        kind = itsKind;
        last = id;
        if (before == null || isNewKind) {
            return null;
        }
        if (itsKind == IdKind.DOCUMENT) {
            // their order is that of all their fields' values, of which JSON does not tell the types
            onlyNeighboursDiffer = true;
            return before.mayDiffer(id) ? null : before;
        }
        return before.mayPrecede(id) ? null : before;
    }

    /** What follows is compared with nothing: records between may have been lost. */
    void forget() {
        last = null;
    }

    /** Whether there were ids of which the order cannot be told. */
    boolean wasPartlyUnknown() {
        return onlyNeighboursDiffer;
    }
}
