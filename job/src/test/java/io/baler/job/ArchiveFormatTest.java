package io.baler.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ArchiveFormatTest {

    /** In requests, stored jobs, keys and manifests: none of this may ever change. */
    @ParameterizedTest
    @CsvSource({
        "json, zip, application/zip, true",
        "ndjson, zip, application/zip, true",
        "csv, zip, application/zip, true",
        "ndjson.gz, ndjson.gz, application/gzip, false",
        "ndjson.zst, ndjson.zst, application/zstd, false"
    })
    void formatsAreCalledAndEndAsTheyAlwaysDid(String name, String suffix, String mediaType, boolean holdsManifest) {
        var format = ArchiveFormat.named(name).orElseThrow();

        assertThat(format.suffix()).isEqualTo(suffix);
        assertThat(format.mediaType()).isEqualTo(mediaType);
        assertThat(format.holdsManifest()).isEqualTo(holdsManifest);
        assertThat(JsonMapper.shared().writeValueAsString(format)).isEqualTo("\"" + name + "\"");
        assertThat(JsonMapper.shared().readValue("\"" + name + "\"", ArchiveFormat.class))
                .isEqualTo(format);
    }

    @Test
    void thereAreNoOthers() {
        assertThat(ArchiveFormat.names()).isEqualTo("json, ndjson, csv, ndjson.gz, ndjson.zst");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JSON", "json ", "NDJSON_GZ", "zip", "xlsx"})
    void whatIsNearlyANameIsNone(String name) {
        assertThat(ArchiveFormat.named(name)).isEmpty();
    }
}
