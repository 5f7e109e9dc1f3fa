package io.upstep.simulator.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Says how old something is, as short as kubectl does. */
final class Age {
    private final Clock clock;

    Age(Clock clock) {
        this.clock = clock;
    }

    String since(String timestamp) {
        if (timestamp.isEmpty()) {
            return "<unknown>";
        }
        Duration age = Duration.between(Instant.parse(timestamp), clock.instant());
        if (age.toMinutes() < 2) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        return age.toHours() < 2 ? age.toMinutes() + "m" : age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
    }
}
