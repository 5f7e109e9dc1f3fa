package io.upstep.executor.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.upstep.event.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;

/** Counts what the executor does. */
@Startup
@ApplicationScoped
public class StepMetrics {
    private final MeterRegistry registry;

    public StepMetrics(MeterRegistry registry, Executions executions) {
        this.registry = registry;
        registry.gauge("upstep.executor.steps.running", executions, Executions::count);
    }

    void executed(String action, Outcome outcome, Duration took) {
        registry.timer("upstep.executor.step.duration", "action", action, "outcome", code(outcome))
                .record(took);
    }

    /** A request that led to no work here, and why. */
    void dropped(String reason) {
        registry.counter("upstep.executor.requests.dropped", "reason", reason).increment();
    }

    /** An attempt that ended without an outcome of its own. */
    void stopped(StopReason reason) {
        registry.counter(
                        "upstep.executor.steps.stopped", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    private static String code(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.code();
        }
        return outcome instanceof Outcome.Cancelled ? "cancelled" : "succeeded";
    }
}
