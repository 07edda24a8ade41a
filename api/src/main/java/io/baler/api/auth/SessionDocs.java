package io.baler.api.auth;

import io.baler.api.docs.CallDoc;
import io.baler.api.docs.CallDocs;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
final class SessionDocs implements CallDocs {
    @Override
    public String tag() {
        return "Session";
    }

    @Override
    public List<CallDoc> calls() {
        return List.of(
                CallDoc.of(HttpMethod.POST, SessionController.PATH, "Exchanges the token for a browser's cookie")
                        .named("signIn")
                        .says("The cookie is good for all calls, by links and streams of events, too. With it, what"
                                + " changes something needs csrfToken in the header " + SessionFilter.CSRF_HEADER)
                        .answers(200, "Set-Cookie has the session", SessionController.View.class)
                        .refuses("token-required"),
                CallDoc.of(HttpMethod.GET, SessionController.PATH, "Who one is, and what one may do")
                        .named("getSession")
                        .answers(200, "By token or by cookie", SessionController.View.class),
                CallDoc.of(HttpMethod.DELETE, SessionController.PATH, "Ends the session")
                        .named("signOut")
                        .answers(204, "It has ended"));
    }
}
