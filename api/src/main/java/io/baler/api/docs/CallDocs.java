package io.baler.api.docs;

import java.util.List;

/** The calls of one feature. A bean of this type beside the controllers is all that a new call needs to be described. */
public interface CallDocs {
    /** What the feature is called: a heading for people, and a class in programs that are generated from the document. */
    String tag();

    List<CallDoc> calls();
}
