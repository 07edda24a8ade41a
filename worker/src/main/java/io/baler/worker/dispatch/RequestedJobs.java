package io.baler.worker.dispatch;

import io.baler.job.ArchiveFormat;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.Failure;
import io.baler.job.JobStore;
import io.baler.job.LogFilters;
import io.baler.job.NewJob;
import io.baler.job.NewerJob;
import io.baler.job.TraceContext;
import io.baler.job.audit.AuditTrail;
import io.baler.job.events.ExportEvents;
import io.baler.job.events.Topics;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.InvalidRequest;
import io.baler.job.request.JobIds;
import io.baler.job.request.RequestJson;
import io.baler.job.request.RequestReader;
import io.baler.job.request.RequestedExport;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes sure that the job exists which a message asks for, whoever sent it, and that the request is audited. */
final class RequestedJobs {
    private static final Logger log = LoggerFactory.getLogger(RequestedJobs.class);

    private final JobStore jobs;
    private final ExportRequests requests;
    private final AuditTrail audit;
    private final ExportEvents events;
    private final Topics topics;

    RequestedJobs(JobStore jobs, ExportRequests requests, AuditTrail audit, ExportEvents events, Topics topics) {
        this.jobs = jobs;
        this.requests = requests;
        this.audit = audit;
        this.events = events;
        this.topics = topics;
    }

    /**
     * Returns the id of the job, which may have been there before or be deleted by now.
     *
     * @throws InvalidRequest if the message can never become a job
     */
    String ensure(Request message) {
        var event = read(message.value());
        var jobId = jobId(event);
        try {
            ensure(jobId, event, message);
        } catch (NewerJob newer) {
            // newer workers find it waiting; this one cannot claim it
            log.info("{}; it is left to newer workers", newer.getMessage());
        }
        return jobId;
    }

    private void ensure(String jobId, JsonNode event, Request message) {
        var known = jobs.find(jobId);
        if (known.isEmpty()) {
            createOrKeepRefused(jobId, event, message.trace());
        } else if (wasRefused(known.get())) {
            judgeAgain(known.get(), event, message);
        }
        jobs.find(jobId)
                .ifPresent(
                        job -> audit.requested(job, new AuditTrail.Actor(job.requestedBy(), null, topics.requested())));
    }

    /** What is refused ends as a failed job, too, if it says who has asked: that person does not read dead letters. */
    private void createOrKeepRefused(String jobId, JsonNode event, @Nullable TraceContext trace) {
        try {
            create(judged(jobId, event, trace), jobs::create);
        } catch (InvalidRequest refused) {
            requesterOf(event).ifPresent(requester -> {
                var wish = requests.refused(jobId, requester, readable(event)).tracedAs(trace);
                jobs.createRefused(wish, Failure.refused(String.valueOf(refused.getMessage())))
                        .ifPresent(events::finished);
            });
            throw refused;
        }
    }

    /**
     * What was in the way may have gone by the time it is sent again. A message from before the refusal is that one
     * again, which may not have become a dead letter, or comes from a topic that is read anew: it makes nothing.
     */
    private void judgeAgain(ExportJob refused, JsonNode event, Request message) {
        if (refused.endedAt() != null && !message.publishedAt().isAfter(refused.endedAt())) {
            throw InvalidRequest.unprocessable("jobId", reasonOf(refused));
        }
        if (!RequestReader.requester(event).equals(refused.requestedBy())) {
            throw InvalidRequest.unprocessable("jobId", "is taken by a request of somebody else");
        }
        try {
            create(judged(refused.id(), event, message.trace()), jobs::createInsteadOfRefused);
        } catch (InvalidRequest again) {
            var wish = requests.refused(refused.id(), refused.requestedBy(), readable(event));
            jobs.refuseAgain(wish, Failure.refused(String.valueOf(again.getMessage())));
            throw again;
        }
    }

    private static String reasonOf(ExportJob refused) {
        return refused.failure() == null ? "was refused" : refused.failure().message();
    }

    private static boolean wasRefused(ExportJob known) {
        return known.failure() != null && known.failure().wasRefused();
    }

    private static Optional<String> requesterOf(JsonNode event) {
        try {
            return Optional.of(RequestReader.requester(event));
        } catch (InvalidRequest nobody) {
            return Optional.empty();
        }
    }

    /** Filters that could not be read are left out: such a job never reads anything. */
    private static RequestedExport readable(JsonNode event) {
        try {
            return RequestReader.read(event);
        } catch (InvalidRequest unreadable) {
            return new RequestedExport(LogFilters.NONE, ArchiveFormat.JSON, null);
        }
    }

    private NewJob judged(String jobId, JsonNode event, @Nullable TraceContext trace) {
        var request = RequestReader.read(event);
        var requestedBy = RequestReader.requester(event);
        return requests.accept(jobId, requestedBy, request).tracedAs(trace);
    }

    private static void create(NewJob wish, Function<NewJob, Creation> creating) {
        var creation = created(wish, creating);
        if (creation instanceof Creation.Duplicate duplicate) {
            throw duplicateOf(duplicate.existing().id());
        } else if (creation instanceof Creation.TooMany tooMany) {
            var limit = tooMany.limit();
            throw InvalidRequest.unprocessable(
                            "requestedBy",
                            (limit.isOfOneRequester() ? "has " : "has to wait: all requesters together have ")
                                    + limit.most() + " exports that wait or run, and more are not allowed at once ("
                                    + limit.setting() + ")")
                    .as("too-many-live-exports");
        }
    }

    private static Creation created(NewJob wish, Function<NewJob, Creation> creating) {
        try {
            return creating.apply(wish);
        } catch (NewerJob equal) {
            throw duplicateOf(equal.jobId());
        }
    }

    private static InvalidRequest duplicateOf(String id) {
        return InvalidRequest.unprocessable("filters", "the same export is already under way as " + id)
                .as("duplicate");
    }

    private static JsonNode read(byte @Nullable [] value) {
        if (value == null) {
            throw InvalidRequest.malformed("(value)", "is missing");
        }
        try {
            return RequestJson.parse(value);
        } catch (JacksonException unreadable) {
            throw InvalidRequest.malformed("(value)", "is not JSON, or has a name twice")
                    .as("malformed-json");
        }
    }

    private static String jobId(JsonNode event) {
        var id = event.path("jobId").asString("");
        if (!JobIds.isValid(id)) {
            throw InvalidRequest.malformed("jobId", "must be an ObjectId or a UUID in lower case");
        }
        return id;
    }
}
