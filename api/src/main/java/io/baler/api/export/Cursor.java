package io.baler.api.export;

import io.baler.job.JobSearch;
import io.baler.job.request.InvalidRequest;
import io.baler.job.request.JobIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A place in a list, as callers carry it from one page to the next. It opens nothing: whose list it is, and which part
 * of it, is asked anew with every page.
 */
final class Cursor {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15}):(.{1,40})");

    private Cursor() {}

    static String of(JobSearch.Position place) {
        var text = place.createdAt().toEpochMilli() + ":" + place.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static JobSearch.Position read(String cursor) {
        var place = FORM.matcher(decoded(cursor));
        if (place.matches() && JobIds.isValid(place.group(2))) {
            return new JobSearch.Position(Instant.ofEpochMilli(Long.parseLong(place.group(1))), place.group(2));
        }
        throw notOurs();
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noBase64) {
            throw notOurs();
        }
    }

    private static InvalidRequest notOurs() {
        return InvalidRequest.malformed("cursor", "is none that a list has handed out; leave it out to begin anew");
    }
}
