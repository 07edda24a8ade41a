package io.baler.api.export;

import io.baler.job.request.InvalidRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@link Suggestions} over HTTP. */
@RestController
final class SuggestionController {
    static final String USERS = "/api/v1/users";
    static final String ACTIONS = "/api/v1/actions";
    private static final int LONGEST = 100;

    private final Suggestions suggestions;

    SuggestionController(Suggestions suggestions) {
        this.suggestions = suggestions;
    }

    @GetMapping(path = USERS, produces = MediaType.APPLICATION_JSON_VALUE)
    Usernames users(@RequestParam(defaultValue = "") String prefix) {
        if (prefix.length() > LONGEST) {
            throw InvalidRequest.malformed("prefix", "must have at most " + LONGEST + " characters");
        }
        return new Usernames(suggestions.users(prefix));
    }

    @GetMapping(path = ACTIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    Actions actions() {
        return suggestions.actions();
    }

    record Usernames(List<String> usernames) {}

    /** @param complete no other may be asked for */
    record Actions(List<String> actions, boolean complete) {}
}
