package io.upstep.planner.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.upstep.planner.plan.Hold;
import io.upstep.planner.plan.PlanException;
import io.upstep.planner.plan.PlanStatus;
import io.upstep.planner.store.Figures;
import io.upstep.planner.store.Maintenance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/** Counts plans, messages that wait, and plans that are stuck, of which there must be none. Read when asked, not all the time. */
@ApplicationScoped
public class PlannerMetrics {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Maintenance maintenance;
    private final MeterRegistry registry;
    private final Clock clock;
    private Figures figures;
    private Instant readAt = Instant.EPOCH;

    @Inject
    public PlannerMetrics(Maintenance maintenance, MeterRegistry registry, Clock clock) {
        this.maintenance = maintenance;
        this.registry = registry;
        this.clock = clock;
    }

    void register(@Observes StartupEvent event) {
        for (PlanStatus status : PlanStatus.values()) {
            Gauge.builder("upstep.plans", () -> value(f -> f.plans().getOrDefault(status, 0L)))
                    .tag("status", status.name())
                    .description("Plans by status")
                    .register(registry);
        }
        for (Hold hold : Hold.values()) {
            Gauge.builder("upstep.plans.held", () -> value(f -> f.holds().getOrDefault(hold, 0L)))
                    .tag("by", hold.name())
                    .description("Plans that are not over, by what keeps them from being forgotten")
                    .register(registry);
        }
        gauge("upstep.outbox.messages", "Messages the broker has not confirmed yet", f -> f.outbox()
                .messages());
        gauge("upstep.outbox.oldest.seconds", "Age of the oldest such message", this::age);
        gauge("upstep.plans.stuck", "Plans that wait for nothing and nobody; must be 0", f -> f.stuck()
                .size());
    }

    private void gauge(String name, String description, ToDoubleFunction<Figures> value) {
        Gauge.builder(name, () -> value(value)).description(description).register(registry);
    }

    private double age(Figures figures) {
        Instant oldest = figures.outbox().oldest();
        return oldest == null ? 0 : Duration.between(oldest, readAt).toMillis() / 1000.0;
    }

    /** All gauges of one scrape share one look at the database; one that cannot be read is not a number. */
    private synchronized double value(ToDoubleFunction<Figures> value) {
        Instant now = clock.instant();
        if (readAt.plus(FRESH).isBefore(now)) {
            readAt = now;
            figures = read();
        }
        return figures == null ? Double.NaN : value.applyAsDouble(figures);
    }

    private Figures read() {
        try {
            return maintenance.figures();
        } catch (PlanException e) {
            // Readiness says that the database is away; a gauge has only one word for it.
            return null;
        }
    }
}
