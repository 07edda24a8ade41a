package io.baler.job.request;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses requests strictly, the same whether they come by HTTP or by Kafka. */
public final class RequestJson {
    /** Objects and lists in each other; a request has three. */
    public static final int MAX_DEPTH = 20;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    // of two equal names the second would win: a filter could vanish, and the export would be wider
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RequestJson() {}

    /**
     * Parses all of the bytes.
     *
     * @throws tools.jackson.core.JacksonException if they are not one JSON value with each name once
     */
    public static JsonNode parse(byte[] bytes) {
        return JSON.readTree(bytes);
    }
}
