package io.baler.job.request;

import java.util.regex.Pattern;
import org.bson.types.ObjectId;

/** What an export's id may look like: an ObjectId or a UUID, so that any producer can make one. */
public final class JobIds {
    private static final Pattern FORM =
            Pattern.compile("[0-9a-f]{24}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private JobIds() {}

    public static String next() {
        return new ObjectId().toHexString();
    }

    public static boolean isValid(String id) {
        return FORM.matcher(id).matches();
    }
}
