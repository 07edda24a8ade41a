package io.baler.worker.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The archive holds exactly the records that were to be exported, each once, in order. */
public record EveryRecordOnce(List<String> expectedIds) {

    public void holdsFor(Archive archive) {
        var ids = archive.ids();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).isEqualTo(expectedIds);
        assertThat(archive.manifest().get("exportedCount").asLong()).isEqualTo(expectedIds.size());
    }
}
