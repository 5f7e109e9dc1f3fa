package io.upstep.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.Plans;
import io.upstep.planner.store.Planner;
import io.upstep.planner.store.TestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweeperTest {
    private Planner planner;

    @BeforeEach
    void open() {
        planner = new Planner(TestServer.newDatabase());
    }

    @AfterEach
    void close() {
        planner.close();
    }

    private Sweeper sweeper() {
        return new Sweeper(planner.applier, planner.plans, planner.commits, planner.maintenance, hearing());
    }

    private Hearing hearing() {
        return new Hearing(new BrokerHealth(), planner.clock);
    }

    @Test
    void shouldWakeEachPlanOnceWhenTwoSweepersLookAtTheSameTime() {
        for (int i = 0; i < 150; i++) {
            planner.submitted("r" + i);
        }
        publishAll();
        planner.clock.advance(Duration.ofSeconds(10));

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(sweeper()::wake), CompletableFuture.runAsync(sweeper()::wake))
                .join();

        assertThat(planner.plans.list(Plans.Filter.ALL, null, 200).plans())
                .hasSize(150)
                .allMatch(plan -> plan.observation().rings() == 2);
        assertThat(planner.outbox()).isEqualTo(150);
    }

    @Test
    void shouldNotSayItAgainWhileItHasNotBeenSaidOnce() {
        Plan plan = planner.submitted("a");
        planner.clock.advance(Duration.ofMinutes(10));

        sweeper().wake();

        assertThat(planner.plans.find(plan.id())).contains(plan);
        assertThat(planner.outbox()).isEqualTo(1);
    }

    private void publishAll() {
        try (FakeBroker broker = new FakeBroker()) {
            Relay relay = new Relay(planner.applier, planner.database, broker, planner.commits, planner.clock);
            while (relay.publishSome() > 0) {
                // There is more.
            }
        }
    }

    @Test
    void shouldLeavePlansAloneWhenTheirTimeHasNotCome() {
        Plan plan = planner.submitted("a");
        publishAll();
        planner.clock.advance(Duration.ofSeconds(9));

        sweeper().wake();

        assertThat(planner.plans.find(plan.id())).contains(plan);
    }
}
