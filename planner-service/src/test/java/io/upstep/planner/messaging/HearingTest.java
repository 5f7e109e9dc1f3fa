package io.upstep.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.broker.Broker;
import io.upstep.planner.store.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HearingTest {
    private final BrokerHealth broker = new BrokerHealth();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T10:00:00Z"));
    private final Hearing hearing = new Hearing(broker, clock);
    private final Instant start = clock.instant();

    @Test
    void shouldHearSinceItStartedWhenNothingIsWrong() {
        for (int i = 0; i < 30; i++) {
            clock.advance(Duration.ofSeconds(1));
            hearing.look();
        }

        assertThat(hearing.since()).isEqualTo(start);
    }

    @Test
    void shouldHearOnlySinceTheBrokerIsBackWhenItWasAway() {
        clock.advance(Duration.ofSeconds(1));
        broker.health = Broker.Health.down("gone");
        hearing.look();
        clock.advance(Duration.ofSeconds(1));
        hearing.look();
        Instant lastSeenAway = clock.instant();
        broker.health = Broker.Health.UP;
        clock.advance(Duration.ofSeconds(1));
        hearing.look();

        assertThat(hearing.since()).isEqualTo(lastSeenAway);
    }

    @Test
    void shouldHearOnlySinceItMovesAgainWhenTheProcessStoodStill() {
        hearing.look();
        clock.advance(Duration.ofMinutes(1));

        assertThat(hearing.since()).isEqualTo(clock.instant());
    }

    @Test
    void shouldHearOnlyFromNowOnWhenSomebodySaysThatItWasDeaf() {
        clock.advance(Duration.ofSeconds(2));
        hearing.deaf();

        assertThat(hearing.since()).isEqualTo(clock.instant());
    }

    @Test
    void shouldNotBeDeafForEverWhenTheBrokerIsNeverQuiteThere() {
        broker.health = Broker.Health.down("one queue cannot be declared");
        for (int i = 0; i < 3600; i++) {
            clock.advance(Duration.ofSeconds(1));
            hearing.look();
        }

        assertThat(hearing.since()).isEqualTo(start.plusSeconds(1).plus(Duration.ofMinutes(10)));
    }
}
