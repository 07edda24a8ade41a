package io.baler.standalone.verify.id;

import java.util.Collections;
import java.util.List;

/**
 * A record's {@code _id} as an archive writes it. Where the same text is written for two values, as that of large
 * numbers is, it may be either.
 */
public final class Id {

    private static final int SHOWN = 80;

    private final String text;
    private final boolean textTellsItApart;
    private final Key lowest;
    private final Key highest;

    /**
     * @param text as it is written; of objects, what tells them apart
     * @param textTellsItApart two that are written alike are the same
     * @param mayBe the values that are written so, at least one
     */
    Id(String text, boolean textTellsItApart, List<Key> mayBe) {
        this.text = text;
        this.textTellsItApart = textTellsItApart;
        this.lowest = Collections.min(mayBe);
        this.highest = Collections.max(mayBe);
    }

    /** Whether the other one, of the same kind, can come behind this one. */
    public boolean mayPrecede(Id next) {
        return mayDiffer(next) && lowest.compareTo(next.highest) < 0;
    }

    /** Whether the other one, of the same kind, can be another. */
    public boolean mayDiffer(Id other) {
        return !(textTellsItApart && text.equals(other.text));
    }

    /** Whether the other one, of the same kind, can be this one. */
    public boolean maybeSame(Id other) {
        return lowest.compareTo(other.highest) <= 0 && other.lowest.compareTo(highest) <= 0;
    }

    /** As it is written: text without quotes, an object from its beginning. */
    public String text() {
        return text;
    }

    /** For people: not longer than a line. */
    @Override
    public String toString() {
        return shortened(text);
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
