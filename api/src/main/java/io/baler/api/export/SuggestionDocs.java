package io.baler.api.export;

import io.baler.api.docs.CallDoc;
import io.baler.api.docs.CallDocs;
import io.baler.api.docs.Schemas;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
final class SuggestionDocs implements CallDocs {
    @Override
    public String tag() {
        return "Suggestions";
    }

    @Override
    public List<CallDoc> calls() {
        return List.of(
                CallDoc.of(HttpMethod.GET, SuggestionController.USERS, "Names of users that begin so")
                        .named("listUsers")
                        .says("Needs the scope exports:write, for it is of use for requests only")
                        .query("prefix", "In any case, at most 100 characters; none = no names", Schemas.text())
                        .answers(200, "At most 20, in order", SuggestionController.Usernames.class)
                        .refuses("invalid-request"),
                CallDoc.of(HttpMethod.GET, SuggestionController.ACTIONS, "Actions that may be asked for")
                        .named("listActions")
                        .says("Needs the scope exports:write, for it is of use for requests only")
                        .answers(
                                200,
                                "All there are if complete; otherwise those of the newest logs",
                                SuggestionController.Actions.class));
    }
}
