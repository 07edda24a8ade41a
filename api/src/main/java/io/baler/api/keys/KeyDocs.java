package io.baler.api.keys;

import io.baler.api.docs.CallDoc;
import io.baler.api.docs.CallDocs;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
final class KeyDocs implements CallDocs {
    @Override
    public String tag() {
        return "Keys";
    }

    @Override
    public List<CallDoc> calls() {
        return List.of(CallDoc.of(HttpMethod.GET, "/api/v1/keys", "The public keys that manifests are verified with")
                .named("listKeys")
                .answers(200, "All that ever signed here, the oldest first", KeyList.class));
    }
}
