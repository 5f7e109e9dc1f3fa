package io.upstep.planner.store;

import io.upstep.event.AttemptId;
import io.upstep.event.Evidence;
import io.upstep.event.Outcome;
import io.upstep.event.StepCompleted;
import io.upstep.event.UpgradeCompleted;
import io.upstep.event.Verdict;
import io.upstep.planner.plan.Attempt;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What executors and verifiers would answer to a plan as it stands. */
public final class Answers {
    private static final Verdict FINE = Verdict.of(
            List.of(new Evidence("step.outcome", "step", Evidence.Result.PASSED, "done", "done", Instant.EPOCH)));

    private Answers() {}

    public static Happening passed(Plan plan) {
        return completed(plan, Outcome.Succeeded.of("done"));
    }

    public static Happening failed(Plan plan) {
        return completed(plan, Outcome.Failed.of("no", "no way"));
    }

    public static Happening cancelled(Plan plan) {
        return completed(plan, new Outcome.Cancelled("stopped"));
    }

    public static Happening judged(Plan plan) {
        return new Happening.Judged(new UpgradeCompleted(
                plan.id(),
                plan.verification().id(),
                plan.installation(),
                plan.submission().platform(),
                "1.8.0",
                "1.9.0",
                plan.verification().ending(),
                plan.verification().reason(),
                FINE,
                Map.of(),
                List.of(),
                "v1",
                Instant.EPOCH,
                Instant.EPOCH));
    }

    private static Happening completed(Plan plan, Outcome outcome) {
        Step step = plan.currentStep().orElseThrow();
        Attempt attempt = step.lastAttempt().orElseThrow();
        AttemptId id = new AttemptId(plan.id(), step.id(), attempt.number(), attempt.epoch());
        return new Happening.Completed(new StepCompleted(
                id, plan.installation(), null, "e1", "v1", outcome, FINE, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH));
    }
}
