package io.baler.worker.engine;

import com.mongodb.MongoException;
import io.baler.job.ExportJob;
import io.baler.job.Failure;
import java.util.List;
import org.bson.BSONException;
import org.springframework.dao.DataAccessException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Says in a person's words why an export failed, what is kept, and what to do. Exceptions' own messages are left out
 * where they could quote a record or a link.
 */
final class FailureWords {
    private static final String SOURCE = "source-unavailable";
    private static final String STORAGE = "storage-unavailable";
    private static final String INTERNAL = "internal-error";

    /** All that {@link #code} can be. */
    static final List<String> CODES = List.of(SOURCE, STORAGE, INTERNAL);

    private FailureWords() {}

    static Failure of(Throwable failure, ExportJob job, int attempts) {
        var kept = String.format(java.util.Locale.ROOT, "%,d", job.checkpoint().totalExportedCount());
        return new Failure(
                code(failure),
                reason(failure) + " It was tried " + attempts + " times without progress. " + kept
                        + " records are kept; resume continues there.");
    }

    /** For programs; one of {@link #CODES}. */
    static String code(Throwable failure) {
        if (failure instanceof MongoException
                || failure instanceof DataAccessException
                || failure instanceof BSONException) {
            return SOURCE;
        } else if (failure instanceof SdkException) {
            return STORAGE;
        }
        return INTERNAL;
    }

    private static String reason(Throwable failure) {
        if (failure instanceof MongoException mongo) {
            return "MongoDB did not deliver the logs (" + name(failure) + ", code " + mongo.getCode() + ").";
        } else if (failure instanceof DataAccessException) {
            return "MongoDB did not answer (" + name(failure) + ").";
        } else if (failure instanceof BSONException) {
            return "What MongoDB sent could not be read as BSON (" + name(failure) + ").";
        } else if (failure instanceof S3Exception s3 && s3.awsErrorDetails() != null) {
            return "The storage refused the archive (" + s3.awsErrorDetails().errorCode() + ", status "
                    + s3.statusCode() + ").";
        } else if (failure instanceof SdkException) {
            return "The storage did not take the archive (" + name(failure) + ").";
        }
        return "An unexpected error occurred (" + name(failure) + "); the worker's log has the details.";
    }

    private static String name(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
