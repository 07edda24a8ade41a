package io.baler.job.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RequestLimitsTest {

    @Test
    void theDefaultsAreTenThousandNamesAndAnyRange() {
        var unset = new Binder(new MapConfigurationPropertySource(Map.of()));

        assertThat(unset.bindOrCreate("baler.limits", RequestLimits.class)).isEqualTo(new RequestLimits(10_000, null));
    }

    @Test
    void limitsThatCannotWorkAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestLimits(0, null))
                .withMessageContaining("baler.limits.names");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestLimits(1, Duration.ZERO))
                .withMessageContaining("baler.limits.longest-range");
    }
}
