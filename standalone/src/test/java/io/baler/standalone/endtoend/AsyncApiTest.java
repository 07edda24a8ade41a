package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.events.Topics;
import io.baler.job.events.Topics.Topic;
import io.baler.job.request.JobIds;
import io.baler.job.request.RequestReader;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The document of the topics is one, and says what the services do; {@code KafkaInterfaceTest} holds messages to it. */
class AsyncApiTest {
    private static final Topics TOPICS = new Topics("baler.");

    private final AsyncApi document = new AsyncApi();

    @Test
    void itIsAsyncApi3() {
        document.isValid();
    }

    @Test
    void itHasTheTopicsAsTheServicesDeclareThem() {
        assertThat(document.document()
                        .path("channels")
                        .valueStream()
                        .map(channel -> channel.path("address").asString()))
                .containsExactlyElementsOf(
                        TOPICS.all().stream().map(Topic::name).toList());
        assertThat(TOPICS.all()).allSatisfy(topic -> {
            assertThat(document.partitions(topic.name())).isEqualTo(topic.partitions());
            assertThat(document.configuration(topic.name())).isEqualTo(topic.configs());
        });
        assertThat(document.channel(TOPICS.requested()).path("description").asString())
                .contains("`" + TOPICS.workers() + "`");
    }

    @Test
    void everyMessageHasExamplesThatAreSuchMessages() {
        for (var topic : TOPICS.all()) {
            var examples = document.messageOf(topic.name()).path("examples");
            assertThat(examples).as(topic.name()).isNotEmpty();
            examples.forEach(example -> document.fits(topic.name(), example.path("payload")));
        }
    }

    @Test
    void itsExamplesOfRequestsAreReadAsSuch() {
        for (var example : document.messageOf(TOPICS.requested()).path("examples")) {
            var payload = example.path("payload");
            assertThat(JobIds.isValid(payload.path("jobId").asString())).isTrue();
            assertThat(RequestReader.requester(payload)).isNotBlank();
            assertThat(RequestReader.read(payload).format()).isNotNull();
        }
    }

    @Test
    void itNamesAllFormatsAndNoOthers() {
        var formats = document.document()
                .at("/components/schemas/ExportRequested/properties/format/enum")
                .valueStream()
                .filter(format -> !format.isNull())
                .map(JsonNode::asString)
                .collect(Collectors.toSet());

        assertThat(formats)
                .isEqualTo(Arrays.stream(ArchiveFormat.values())
                        .map(ArchiveFormat::value)
                        .collect(Collectors.toSet()));
    }
}
