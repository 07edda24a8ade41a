package io.baler.job.request;

import java.util.List;

/** What a request names and nobody knows; with any of it there would be no export. */
public record UnknownNames(List<String> usernames, List<String> actions) {
    public boolean areNone() {
        return usernames.isEmpty() && actions.isEmpty();
    }
}
