package io.upstep.verifier.messaging;

import io.upstep.event.Event;
import io.upstep.event.Evidence;
import io.upstep.event.Outcome;
import io.upstep.event.StepCompleted;
import io.upstep.event.StepExecuted;
import io.upstep.event.StepRequested;
import io.upstep.event.Verdict;
import io.upstep.verifier.check.CheckRunner;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Judges what an executor says it did. What it says itself is evidence only where there is nothing to look at. */
@ApplicationScoped
public class StepHandler {
    private static final String OUTCOME = "step.outcome";

    private final Desk desk;
    private final ServedClusters clusters;
    private final CheckRunner runner;
    private final SignsOfLife signs;
    private final Identity identity;
    private final VerifierMetrics metrics;
    private final Clock clock;

    public StepHandler(
            Desk desk,
            ServedClusters clusters,
            CheckRunner runner,
            SignsOfLife signs,
            Identity identity,
            VerifierMetrics metrics,
            Clock clock) {
        this.desk = desk;
        this.clusters = clusters;
        this.runner = runner;
        this.signs = signs;
        this.identity = identity;
        this.metrics = metrics;
        this.clock = clock;
    }

    CompletionStage<Void> handle(Event<StepExecuted> event) {
        StepExecuted executed = event.data();
        clusters.require(executed.cluster());
        return desk.accept("step " + executed.attempt(), event, () -> verify(executed));
    }

    private CompletionStage<StepCompleted> verify(StepExecuted executed) {
        Instant begun = clock.instant();
        return verdict(executed).thenApply(verdict -> {
            Instant now = clock.instant();
            metrics.verdict("step", verdict, Duration.between(begun, now));
            return completed(executed, verdict, now);
        });
    }

    private CompletionStage<Verdict> verdict(StepExecuted executed) {
        if (!(executed.outcome() instanceof Outcome.Succeeded)) {
            return said(executed, Evidence.Result.FAILED);
        }
        if (executed.mode() == StepRequested.Mode.PREVIEW || executed.checks().isEmpty()) {
            return said(executed, Evidence.Result.PASSED);
        }
        SignsOfLife.Reporter reporter = signs.of(executed);
        return runner.run(
                        executed.attempt().planId(),
                        executed.installation(),
                        clusters.require(executed.cluster()),
                        executed.checks(),
                        reporter::seen)
                .whenComplete((verdict, failure) -> reporter.close());
    }

    /** Evidence of the executor's word alone: of a failure, of a preview, or of a step without checks. */
    private CompletionStage<Verdict> said(StepExecuted executed, Evidence.Result result) {
        boolean preview = executed.mode() == StepRequested.Mode.PREVIEW;
        Evidence evidence = new Evidence(
                OUTCOME,
                "step " + executed.attempt().stepId(),
                result,
                preview ? "a preview, which changes nothing" : "succeeded",
                actual(executed.outcome()),
                clock.instant());
        return CompletableFuture.completedFuture(Verdict.of(List.of(evidence)));
    }

    private static String actual(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return "failed (" + failed.code() + "): " + failed.summary();
        }
        return (outcome instanceof Outcome.Cancelled ? "cancelled: " : "succeeded: ") + outcome.summary();
    }

    private StepCompleted completed(StepExecuted executed, Verdict verdict, Instant now) {
        return new StepCompleted(
                executed.attempt(),
                executed.installation(),
                executed.mode(),
                executed.worker(),
                identity.worker(),
                executed.outcome(),
                verdict,
                executed.startedAt(),
                executed.finishedAt(),
                now);
    }
}
