package io.upstep.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.TimeLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulseTest {

    @ParameterizedTest
    @CsvSource({"PT30S, PT1H, PT18S", "PT10S, PT1H, PT6S", "PT30S, PT20S, PT4S", "PT10M, PT1H, PT1M"})
    void shouldBeatAtThreeFifthsOfTheLimitWhenNothingElseIsShorter(Duration heartbeat, Duration total, Duration beat) {
        assertThat(Pulse.interval(limits(heartbeat, total), Duration.ofMinutes(1)))
                .isEqualTo(beat);
    }

    @Test
    void shouldLeaveAPlannersPatienceBelowTwoBeatsWhenTheLimitSetsThePace() {
        Duration limit = Duration.ofSeconds(30);
        Duration beat = Pulse.interval(limits(limit, Duration.ofHours(1)), Duration.ofMinutes(1));

        assertThat(beat.multipliedBy(2)).isGreaterThan(limit);
    }

    private static TimeLimits limits(Duration heartbeat, Duration total) {
        return new TimeLimits(Duration.ofHours(1), Duration.ofSeconds(30), heartbeat, total);
    }
}
