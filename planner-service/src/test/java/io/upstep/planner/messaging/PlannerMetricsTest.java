package io.upstep.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.upstep.planner.store.Planner;
import io.upstep.planner.store.TestServer;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class PlannerMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double value(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    @Test
    void shouldCountPlansAndMessagesAsTheyAreAndNotOftenerThanNeeded() {
        try (Planner planner = new Planner(TestServer.newDatabase())) {
            new PlannerMetrics(planner.maintenance, registry, planner.clock).register(null);
            planner.running("a");
            assertThat(value("upstep.plans", "status", "RUNNING")).isEqualTo(1);
            assertThat(value("upstep.outbox.messages")).isEqualTo(2);
            assertThat(value("upstep.plans.stuck")).isZero();

            planner.running("b");
            assertThat(value("upstep.plans", "status", "RUNNING"))
                    .as("same scrape")
                    .isEqualTo(1);
            planner.clock.advance(Duration.ofSeconds(3));

            assertThat(value("upstep.plans", "status", "RUNNING")).isEqualTo(2);
            assertThat(value("upstep.outbox.oldest.seconds")).isEqualTo(3);
        }
    }

    @Test
    void shouldBeReadyOnlyWhileTheDatabaseAnswers() {
        Planner planner = new Planner(TestServer.newDatabase());
        StoreReadiness readiness = new StoreReadiness(planner.plans);
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

        planner.close();

        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    }
}
