package io.baler.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ApiLimitsTest {

    @Test
    void theDefaultsAreSixHundredChangingCallsAMinuteAndBodiesOfOneMebibyte() {
        var unset = new Binder(new MapConfigurationPropertySource(Map.of()));

        assertThat(unset.bindOrCreate("baler.limits", ApiLimits.class))
                .isEqualTo(new ApiLimits(600, DataSize.ofMegabytes(1)));
    }

    @Test
    void limitsThatCannotWorkAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiLimits(0, DataSize.ofMegabytes(1)))
                .withMessageContaining("baler.limits.requests-per-minute");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiLimits(1, DataSize.ofMegabytes(5)))
                .withMessageContaining("baler.limits.body-size");
    }
}
