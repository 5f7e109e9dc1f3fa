package io.upstep.verifier.messaging;

import io.upstep.event.Event;
import io.upstep.event.InstallationObserved;
import io.upstep.event.ObservationRequested;
import io.upstep.verifier.check.Observer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Answers what is asked about an installation before it is planned and started. */
@ApplicationScoped
public class ObservationHandler {
    private final Desk desk;
    private final ServedClusters clusters;
    private final Observer observer;
    private final Identity identity;
    private final VerifierMetrics metrics;
    private final Clock clock;

    public ObservationHandler(
            Desk desk,
            ServedClusters clusters,
            Observer observer,
            Identity identity,
            VerifierMetrics metrics,
            Clock clock) {
        this.desk = desk;
        this.clusters = clusters;
        this.observer = observer;
        this.identity = identity;
        this.metrics = metrics;
        this.clock = clock;
    }

    CompletionStage<Void> handle(Event<ObservationRequested> event) {
        ObservationRequested asked = event.data();
        clusters.require(asked.cluster());
        return desk.accept("observation " + asked.observationId(), event, () -> observe(asked));
    }

    private CompletionStage<InstallationObserved> observe(ObservationRequested asked) {
        Instant begun = clock.instant();
        return observer.observe(asked.planId(), asked.installation(), clusters.require(asked.cluster()), asked.facts())
                .thenApply(facts -> {
                    Instant now = clock.instant();
                    metrics.observation(Duration.between(begun, now));
                    return new InstallationObserved(
                            asked.planId(), asked.observationId(), asked.installation(), identity.worker(), facts, now);
                });
    }
}
