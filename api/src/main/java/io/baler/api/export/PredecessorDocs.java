package io.baler.api.export;

import io.baler.api.docs.CallDoc;
import io.baler.api.docs.CallDocs;
import io.baler.api.docs.Schemas;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** The predecessor's route, as the document describes it. */
@Component
final class PredecessorDocs implements CallDocs {

    @Override
    public String tag() {
        return "Predecessor";
    }

    @Override
    public List<CallDoc> calls() {
        var inItsForm = "In the predecessor's form";
        return List.of(CallDoc.of(
                        HttpMethod.POST, PredecessorController.PATH, "Requests an export as the predecessor did")
                .named("requestExportAsBefore")
                .says("With the predecessor's bodies and codes; security's refusals are problems like everywhere")
                .takes(
                        "PredecessorRequest",
                        Schemas.object(Map.of(), List.of()),
                        Map.of("everything", "{\"filters\": {}}"))
                .answers(201, "It is queued", PredecessorController.Started.class)
                .answers(400, inItsForm, PredecessorErrors.Errors.class)
                .answers(406, inItsForm, PredecessorErrors.Errors.class)
                .answers(409, inItsForm, PredecessorErrors.Errors.class)
                .answers(413, inItsForm, PredecessorErrors.Errors.class)
                .answers(415, inItsForm, PredecessorErrors.Errors.class)
                .answers(422, inItsForm, PredecessorErrors.Errors.class)
                .answers(429, inItsForm, PredecessorErrors.Errors.class)
                .answers(500, inItsForm, PredecessorErrors.Errors.class)
                .answers(503, inItsForm, PredecessorErrors.Errors.class));
    }
}
