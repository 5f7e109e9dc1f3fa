package io.upstep.planner.plan;

import io.upstep.event.AttemptId;
import io.upstep.event.Outcome;
import io.upstep.event.StepCompleted;
import io.upstep.event.StepProgressed;
import io.upstep.event.StepRequested;
import io.upstep.event.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What executors and verifiers say of the attempt under way. What they say of any other is old news. */
final class Executing {
    private final Attempts attempts;
    private final Failures failures;
    private final Running running;

    Executing(Attempts attempts, Failures failures, Running running) {
        this.attempts = attempts;
        this.failures = failures;
        this.running = running;
    }

    void progressed(Draft draft, StepProgressed event) {
        Step step = live(draft.plan(), event.attempt()).orElse(null);
        if (step == null || step.status() == StepStatus.STOPPING) {
            return;
        }
        Attempt attempt = step.lastAttempt().orElseThrow();
        boolean verifying = event.phase() == StepProgressed.Phase.VERIFYING;
        boolean backwards = step.status() == StepStatus.VERIFYING && isExecutors(attempt, event);
        if (backwards || attempt.heard().getOrDefault(event.worker(), 0L) >= event.sequence()) {
            return;
        }
        log(draft, step, attempt, event);
        Attempt heard = heard(draft, attempt, event);
        Step changed = step.withLast(heard).withStatus(verifying ? StepStatus.VERIFYING : StepStatus.RUNNING);
        draft.become(draft.plan().withStep(changed));
        attempts.watch(draft, changed, heard);
    }

    void completed(Draft draft, StepCompleted event) {
        Step step = live(draft.plan(), event.attempt()).orElse(null);
        if (step == null
                && isBehind(event.outcome())
                && event.attempt().epoch() == draft.plan().epoch()) {
            failures.fenceBehind(draft, event.attempt(), (Outcome.Failed) event.outcome());
        }
        if (step == null || event.mode() != StepRequested.Mode.APPLY) {
            return;
        }
        Attempt over = step.lastAttempt().orElseThrow().with(a -> a.worker(event.worker())
                .acceptedAt(a.acceptedAt() == null ? event.startedAt() : a.acceptedAt())
                .outcome(event.outcome())
                .verdict(event.verdict())
                .finishedAt(draft.now()));
        judge(draft, step.withLast(over), event);
    }

    private void judge(Draft draft, Step step, StepCompleted event) {
        Outcome outcome = event.outcome();
        Verdict verdict = event.verdict();
        if (outcome instanceof Outcome.Succeeded && verdict.isPassed()) {
            end(draft, step, StepStatus.PASSED, Entry.Type.STEP_PASSED, event);
        } else if (isBehind(outcome)) {
            failures.behind(draft, step, (Outcome.Failed) outcome);
        } else if (outcome instanceof Outcome.Cancelled && wantsItStopped(draft)) {
            end(draft, step, StepStatus.CANCELLED, Entry.Type.STEP_CANCELLED, event);
        } else {
            failures.failed(draft, step, event.verifier(), failure(step, outcome, verdict));
        }
    }

    private static boolean wantsItStopped(Draft draft) {
        return Running.intends(draft, Intent.Kind.CANCEL) || Running.intends(draft, Intent.Kind.ROLLBACK);
    }

    /** The cluster has seen higher fencing numbers than this planner gave out: its database is older than the cluster. */
    private static boolean isBehind(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                && failed.code().equals("epoch-behind")
                && failed.details() != null
                && failed.details().path("epoch").canConvertToLong();
    }

    private void end(Draft draft, Step step, StepStatus status, Entry.Type type, StepCompleted event) {
        draft.become(draft.plan().withStep(step.withStatus(status)));
        draft.log(
                type,
                event.verifier(),
                "step",
                step.id(),
                "attempt",
                event.attempt().attempt(),
                "worker",
                event.worker(),
                "outcome",
                event.outcome(),
                "verdict",
                event.verdict());
        if (status == StepStatus.PASSED && step.planned().goesBack()) {
            Running.undone(draft, step.planned().undoes());
        }
        running.advance(draft);
    }

    /** An executor that gives up unasked, or because its time was over, has failed; another attempt may well succeed. */
    private static Outcome.Failed failure(Step step, Outcome outcome, Verdict verdict) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed;
        }
        if (outcome instanceof Outcome.Cancelled cancelled) {
            boolean stopped = step.status() == StepStatus.STOPPING;
            String reason = stopped ? step.lastAttempt().orElseThrow().message() : cancelled.summary();
            return Outcome.Failed.retryable(stopped ? "stopped" : "given-up", reason);
        }
        return Outcome.Failed.retryable("not-verified", verdict.summary());
    }

    private static Attempt heard(Draft draft, Attempt attempt, StepProgressed event) {
        boolean executor = isExecutors(attempt, event);
        boolean handover = executor && event.phase() == StepProgressed.Phase.VERIFYING;
        Map<String, Long> heard = new HashMap<>(attempt.heard());
        heard.put(event.worker(), event.sequence());
        return attempt.with(a -> a.heard(heard)
                .worker(executor ? event.worker() : a.worker())
                .verifier(executor ? a.verifier() : event.worker())
                .rings(handover ? 1 : a.rings())
                .acceptedAt(a.acceptedAt() == null ? draft.now() : a.acceptedAt())
                .lastHeartbeat(draft.now())
                .fraction(event.fraction() == null ? a.fraction() : event.fraction())
                .message(event.message() == null ? a.message() : event.message())
                .cursor(event.cursor() == null ? a.cursor() : event.cursor()));
    }

    /**
     * An executor's last word on an attempt is that verifiers have it now. It has accepted the attempt before, so that this is
     * never the first thing it says, even if it is the first that is heard of it.
     */
    private static boolean isExecutors(Attempt attempt, StepProgressed event) {
        if (event.phase() != StepProgressed.Phase.VERIFYING) {
            return true;
        }
        return attempt.worker() == null ? event.sequence() > 1 : event.worker().equals(attempt.worker());
    }

    /** A heartbeat that says nothing new is not worth a line. */
    private static void log(Draft draft, Step step, Attempt attempt, StepProgressed event) {
        boolean verifying = event.phase() == StepProgressed.Phase.VERIFYING;
        if (step.status() == StepStatus.REQUESTED && !verifying) {
            log(draft, Entry.Type.STEP_ACCEPTED, event);
        } else if (attempt.verifier() == null && !isExecutors(attempt, event)) {
            log(draft, Entry.Type.STEP_VERIFYING, event);
        } else if (isNews(attempt, event)) {
            log(draft, Entry.Type.STEP_PROGRESSED, event);
        }
    }

    private static boolean isNews(Attempt attempt, StepProgressed event) {
        return !event.lines().isEmpty()
                || event.fraction() != null && !event.fraction().equals(attempt.fraction())
                || event.message() != null && !event.message().equals(attempt.message());
    }

    private static void log(Draft draft, Entry.Type type, StepProgressed event) {
        draft.log(
                type,
                event.worker(),
                "step",
                event.attempt().stepId(),
                "attempt",
                event.attempt().attempt(),
                "fraction",
                event.fraction(),
                "message",
                event.message(),
                "lines",
                event.lines().isEmpty() ? null : event.lines());
    }

    /** The step the attempt belongs to, if it is the one under way, under the epoch that holds now. */
    private static Optional<Step> live(Plan plan, AttemptId id) {
        return plan.currentStep()
                .filter(step -> plan.status().isWorking() && step.id().equals(id.stepId()))
                .filter(step -> step.status().isLive())
                .filter(step -> step.lastAttempt()
                        .filter(a -> a.number() == id.attempt() && a.epoch() == id.epoch())
                        .isPresent());
    }
}
