package io.upstep.verifier.messaging;

import io.upstep.event.Ending;
import io.upstep.event.Event;
import io.upstep.event.Fact;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.UpgradeCompleted;
import io.upstep.event.Verdict;
import io.upstep.verifier.check.CheckRunner;
import io.upstep.verifier.check.Observer;
import io.upstep.verifier.cluster.ClusterReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ends an upgrade: makes the final checks, observes what runs now, and says both. The one place where an
 * {@link UpgradeCompleted} is made.
 */
@ApplicationScoped
public class PlanHandler {
    private final Desk desk;
    private final ServedClusters clusters;
    private final CheckRunner runner;
    private final Observer observer;
    private final Identity identity;
    private final VerifierMetrics metrics;
    private final Clock clock;

    public PlanHandler(
            Desk desk,
            ServedClusters clusters,
            CheckRunner runner,
            Observer observer,
            Identity identity,
            VerifierMetrics metrics,
            Clock clock) {
        this.desk = desk;
        this.clusters = clusters;
        this.runner = runner;
        this.observer = observer;
        this.identity = identity;
        this.metrics = metrics;
        this.clock = clock;
    }

    CompletionStage<Void> handle(Event<PlanVerificationRequested> event) {
        PlanVerificationRequested asked = event.data();
        clusters.require(asked.cluster());
        return desk.accept("plan " + asked.verificationId(), event, () -> verify(asked));
    }

    private CompletionStage<UpgradeCompleted> verify(PlanVerificationRequested asked) {
        Instant begun = clock.instant();
        ClusterReader cluster = clusters.require(asked.cluster());
        CompletionStage<Verdict> checked = hasChecks(asked)
                ? runner.run(asked.installation(), cluster, asked.checks(), evidence -> {})
                : CompletableFuture.completedFuture(null);
        // What runs is observed after the checks: they may have waited for it to come up.
        return checked.thenCompose(verdict -> observer.observe(asked.installation(), cluster, asked.facts())
                .thenApply(facts -> {
                    Verdict reached =
                            verdict == null ? PlanVerdict.withoutChecks(asked, facts, clock.instant()) : verdict;
                    metrics.verdict("plan", reached, Duration.between(begun, clock.instant()));
                    return completed(asked, reached, facts);
                }));
    }

    private static boolean hasChecks(PlanVerificationRequested asked) {
        return asked.ending() == Ending.SUCCEEDED && !asked.checks().isEmpty();
    }

    private UpgradeCompleted completed(PlanVerificationRequested asked, Verdict verdict, Map<String, Fact> running) {
        boolean refuted = asked.ending() == Ending.SUCCEEDED && !verdict.isPassed();
        return new UpgradeCompleted(
                asked.planId(),
                asked.verificationId(),
                asked.installation(),
                asked.platform(),
                asked.from(),
                asked.target(),
                refuted ? Ending.FAILED : asked.ending(),
                refuted ? "the final verification did not pass: " + verdict.summary() : asked.reason(),
                verdict,
                running,
                asked.acceptedRisks(),
                identity.worker(),
                asked.startedAt(),
                clock.instant());
    }
}
