package io.upstep.verifier.messaging;

import io.upstep.event.CheckSpec;
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
import java.util.stream.Collectors;

/**
 * Ends an upgrade, one that was rolled back too: makes the final checks, observes what runs now, and says both. The one
 * source of an {@link UpgradeCompleted}.
 */
@ApplicationScoped
public class PlanHandler {
    private static final String OBSERVING = "observing what runs now";

    private final Desk desk;
    private final ServedClusters clusters;
    private final CheckRunner runner;
    private final Observer observer;
    private final SignsOfLife signs;
    private final Identity identity;
    private final VerifierMetrics metrics;
    private final Clock clock;

    public PlanHandler(
            Desk desk,
            ServedClusters clusters,
            CheckRunner runner,
            Observer observer,
            SignsOfLife signs,
            Identity identity,
            VerifierMetrics metrics,
            Clock clock) {
        this.desk = desk;
        this.clusters = clusters;
        this.runner = runner;
        this.observer = observer;
        this.signs = signs;
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
        SignsOfLife.Reporter reporter = signs.of(asked, firstSign(asked));
        return checked(asked, cluster, reporter)
                // What runs is observed after the checks: they may have waited for it to come up.
                .thenCompose(verdict -> {
                    reporter.doing(OBSERVING);
                    return observer.observe(asked.planId(), asked.installation(), cluster, asked.facts())
                            .thenApply(running -> {
                                // Another may have answered by now, and two answers that differ must not look like one.
                                reporter.requireHeard();
                                return completed(asked, verdict, running, begun);
                            });
                })
                .whenComplete((completed, failure) -> reporter.close());
    }

    /** Null when no check is made. */
    private CompletionStage<Verdict> checked(
            PlanVerificationRequested asked, ClusterReader cluster, SignsOfLife.Reporter reporter) {
        return hasChecks(asked)
                ? runner.run(asked.planId(), asked.installation(), cluster, asked.checks(), reporter::seen)
                : CompletableFuture.completedFuture(null);
    }

    private UpgradeCompleted completed(
            PlanVerificationRequested asked, Verdict checked, Map<String, Fact> running, Instant begun) {
        Instant now = clock.instant();
        Verdict verdict = checked == null ? PlanVerdict.withoutChecks(asked, running, now) : checked;
        metrics.verdict("plan", verdict, Duration.between(begun, now));
        return FinalWord.of(asked, verdict, running, identity.worker(), now);
    }

    private static String firstSign(PlanVerificationRequested asked) {
        return hasChecks(asked)
                ? "making the checks: "
                        + asked.checks().stream()
                                .map(CheckSpec::check)
                                .distinct()
                                .collect(Collectors.joining(", "))
                : OBSERVING;
    }

    private static boolean hasChecks(PlanVerificationRequested asked) {
        return PlanVerdict.isJudged(asked.ending()) && !asked.checks().isEmpty();
    }
}
