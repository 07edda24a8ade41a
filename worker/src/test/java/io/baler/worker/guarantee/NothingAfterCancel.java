package io.baler.worker.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.job.storage.ExportBucket;

/**
 * Once a job is cancelled no worker writes to it any more, and no object comes of it. What a worker had uploaded by then
 * is named in the job's garbage.
 *
 * @param cancelled the job as the cancellation left it
 */
public record NothingAfterCancel(ExportJob cancelled) {

    /** To be asked when everything that ran then has ended. */
    public void holdsFor(JobStore jobs, ExportBucket bucket) {
        var now = jobs.find(cancelled.id()).orElseThrow();
        assertThat(now.status()).isEqualTo(cancelled.status());
        assertThat(now.epoch()).isEqualTo(cancelled.epoch());
        assertThat(now.checkpoint()).isEqualTo(cancelled.checkpoint());
        assertThat(now.attachment()).isNull();
        cancelled
                .garbage()
                .forEach(garbage -> assertThat(bucket.find(garbage.key()))
                        .as("an object of a cancelled export")
                        .isEmpty());
    }
}
