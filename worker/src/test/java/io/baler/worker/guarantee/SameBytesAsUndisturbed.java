package io.baler.worker.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ExportJob;
import java.util.Objects;

/**
 * Whatever happened on the way has left no trace: the archive is byte for byte the one that an undisturbed run of the
 * same job makes.
 */
public record SameBytesAsUndisturbed(String undisturbedSha256) {

    public SameBytesAsUndisturbed(Archive undisturbed) {
        this(undisturbed.sha256());
    }

    public void holdsFor(ExportJob job, Archive archive) {
        var attachment = Objects.requireNonNull(job.attachment());
        assertThat(archive.sha256()).as("SHA-256 of the archive").isEqualTo(undisturbedSha256);
        assertThat(attachment.sha256()).as("SHA-256 in the job").isEqualTo(undisturbedSha256);
        assertThat(attachment.size()).as("size in the job").isEqualTo(archive.bytes().length);
    }
}
