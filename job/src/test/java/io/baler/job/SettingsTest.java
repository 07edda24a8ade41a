package io.baler.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.baler.job.events.Topics;
import io.baler.job.source.SourceSettings;
import io.baler.job.storage.S3Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {
    private static final Binder NOTHING_SET = new Binder(new MapConfigurationPropertySource(Map.of()));

    @Test
    void exportsLiveForADayDownloadsForThreeAndFailuresForSeven() {
        assertThat(NOTHING_SET.bindOrCreate("baler", RetentionSettings.class))
                .isEqualTo(new RetentionSettings(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(7)));
    }

    @Test
    void theLogsAreWhereThePredecessorHasThem() {
        assertThat(NOTHING_SET.bindOrCreate("baler.source", SourceSettings.class))
                .isEqualTo(new SourceSettings(
                        null,
                        null,
                        "activities",
                        new SourceSettings.Fields("user", "action", "createdAt"),
                        new SourceSettings.Users("users", "username"),
                        List.of(),
                        new SourceSettings.Read("primary", Map.of()),
                        Duration.ofSeconds(5)));
    }

    @Test
    void topicsBeginWithBaler() {
        var topics = NOTHING_SET.bindOrCreate("baler.topics", Topics.class);

        assertThat(topics.requested()).isEqualTo("baler.export.requested");
        assertThat(topics.deadLetters()).isEqualTo("baler.export.requested-dlt");
        assertThat(topics.finished()).isEqualTo("baler.export.finished");
        assertThat(topics.workers()).isEqualTo("baler-workers");
        assertThat(topics.notifications()).isEqualTo("baler-api-notifications");
    }

    @Test
    void installationsThatShareABrokerShareNoGroup() {
        assertThat(new Topics("acme.baler_").workers()).isEqualTo("acme.baler-workers");
        assertThat(new Topics("").requeued()).isEqualTo("baler-requeue");
    }

    @Test
    void aPrefixEndsWithOneSlashAndSecretsAreNeverPrinted() {
        var settings = new S3Settings(null, null, null, "b", false, "audit", "key", "hidden", null);

        assertThat(settings.prefix()).isEqualTo("audit/");
        assertThat(settings.toString()).doesNotContain("hidden");
    }

    @Test
    void whatCannotWorkIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(null, null, null, " ", false, "", null, null, null))
                .withMessageContaining("baler.s3.bucket");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(null, null, null, "b", false, "", "key", null, null))
                .withMessageContaining("baler.s3.access-key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SourceSettings.Read("secondry", Map.of()))
                .withMessageContaining("baler.source.read.preference")
                .withMessageContaining("secondaryPreferred");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SourceSettings.Read("primary", Map.of("nodeType", "ANALYTICS")))
                .withMessageContaining("baler.source.read.tags")
                .withMessageContaining("baler.source.read.preference");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(null, null, null, "b", false, "", null, null, " "))
                .withMessageContaining("baler.s3.kms-key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topics("a b"))
                .withMessageContaining("baler.topics.prefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1)))
                .withMessageContaining("baler.job-expiration");
    }
}
