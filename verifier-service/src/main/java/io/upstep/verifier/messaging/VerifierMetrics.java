package io.upstep.verifier.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.upstep.event.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;

/** Counts verdicts by result, and measures how long coming to them took. */
@ApplicationScoped
public class VerifierMetrics {
    private final MeterRegistry registry;

    public VerifierMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void running(Desk desk) {
        Gauge.builder("upstep.verifier.running", desk, Desk::running)
                .description("Observations and verifications going on")
                .register(registry);
    }

    /** @param of {@code step} or {@code plan} */
    void verdict(String of, Verdict verdict, Duration took) {
        String result = verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        registry.counter("upstep.verifier.verdicts", "of", of, "result", result).increment();
        registry.timer("upstep.verifier.duration", "of", of).record(took);
    }

    void observation(Duration took) {
        registry.timer("upstep.verifier.duration", "of", "observation").record(took);
    }
}
