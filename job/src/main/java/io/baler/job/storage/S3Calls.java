package io.baler.job.storage;

import io.baler.job.storage.ExportBucket.CallInterrupted;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** How calls to S3 are waited for, and what is read out of their failures. */
final class S3Calls {
    private S3Calls() {}

    /**
     * Waits for the answer. An interrupt of the waiting thread cancels the request in flight.
     *
     * @throws CallInterrupted then; the thread stays interrupted
     */
    static <T> T await(CompletableFuture<T> call) {
        try {
            return call.get();
        } catch (InterruptedException stopped) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new CallInterrupted(stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CompletionException(failed.getCause());
        }
    }

    /** S3's own name for what is wrong; empty if it gave none. */
    static String codeOf(S3Exception refused) {
        return refused.awsErrorDetails() == null
                ? ""
                : refused.awsErrorDetails().errorCode();
    }

    /**
     * What every proper answer tells. An answer without it comes from something before the storage, or is one that began
     * well before it failed: nothing is known to be done, so it is to be asked again.
     */
    static <T> T told(String what, @Nullable T value) {
        if (value == null) {
            throw SdkClientException.create("the storage answered with success, but without " + what);
        }
        return value;
    }
}
