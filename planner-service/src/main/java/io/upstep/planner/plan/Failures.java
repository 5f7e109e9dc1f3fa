package io.upstep.planner.plan;

import io.upstep.event.AttemptId;
import io.upstep.event.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Decides what follows when an attempt has failed, fallen silent or taken too long. */
final class Failures {
    /** Numbers begin at the time in seconds and are counted; one far beyond that is nobody's, and must not be passed on. */
    private static final long HIGHEST_EPOCH = 1_000_000_000_000L;

    /** An executor that was told to stop lets go of its work: no fault of the step's. */
    private static final String HANDED_OVER = "handed-over";

    private final Patience patience;
    private final Attempts attempts;
    private final Running running;

    Failures(Patience patience, Attempts attempts, Running running) {
        this.patience = patience;
        this.attempts = attempts;
        this.running = running;
    }

    /** @param step with its last attempt over */
    void failed(Draft draft, Step step, String actor, Outcome.Failed failure) {
        if (failure.code().equals(HANDED_OVER)) {
            log(draft, step, actor, failure, draft.plan().intent() == null ? draft.now() : null);
            draft.become(draft.plan().withStep(oneMore(step).withStatus(StepStatus.RETRYING)));
            running.advance(draft);
            return;
        }
        boolean marked = step.lastAttempt().orElseThrow().marked() != null;
        if (marked || !failure.retryable() || !step.hasAttemptsLeft()) {
            log(draft, step, actor, failure, null);
            giveUp(draft, step, failure.summary());
            return;
        }
        draft.become(draft.plan().withStep(step.withStatus(StepStatus.RETRYING)));
        if (draft.plan().intent() != null) {
            log(draft, step, actor, failure, null);
            running.advance(draft);
            return;
        }
        Duration wait = patience.retry().after(step.attempts().size());
        log(draft, step, actor, failure, draft.now().plus(wait));
        draft.wakeAfter(wait, Timer.Purpose.NEXT_ATTEMPT);
    }

    /** A timer of an accepted attempt is due. */
    void check(Draft draft, Step step, Attempt attempt) {
        if (Attempts.isHandedOver(step, attempt)) {
            checkHandover(draft, step, attempt);
        } else if (!Attempts.silentAt(draft, step, attempt).isAfter(draft.now())
                && step.status() == StepStatus.VERIFYING) {
            // The step was executed; that a verifier died is no fault of its.
            silent(
                    draft,
                    oneMore(step),
                    attempt,
                    "verifier-silent",
                    "nothing was heard of verifier " + attempt.verifier() + " since " + since(attempt));
        } else if (!Attempts.silentAt(draft, step, attempt).isAfter(draft.now())) {
            silent(
                    draft,
                    step,
                    attempt,
                    "worker-silent",
                    "nothing was heard of " + who(attempt) + " since " + since(attempt));
        } else if (step.status() == StepStatus.RUNNING
                && !Attempts.overAt(draft, step, attempt).isAfter(draft.now())) {
            String limit = step.planned().limits().total().toString();
            attempts.stop(draft, step, attempt, Entry.PLANNER, "it has taken longer than its limit of " + limit);
        } else {
            attempts.watch(draft, step, attempt);
        }
    }

    /** Nobody has accepted it so far: rings again, unless it has waited for too long to be begun now. */
    void unaccepted(Draft draft, Step step, Attempt attempt) {
        if (attempt.notAfter(step.planned().limits()).isAfter(draft.now())) {
            attempts.ringAgain(draft, step, attempt);
            return;
        }
        String reason = "no executor of cluster " + draft.plan().installation().cluster() + " has accepted step "
                + step.id() + " within " + step.planned().limits().queue()
                + "; it was not begun. When executors are back, retry it";
        Outcome.Failed failure = Outcome.Failed.retryable("no-executor", reason);
        Step over = oneMore(step).withLast(attempt.with(a -> a.outcome(failure).finishedAt(draft.now())));
        log(draft, over, Entry.PLANNER, failure, null);
        attempts.fence(draft, over, attempt, reason);
        draft.become(draft.plan().withStep(over.withStatus(StepStatus.RETRYING)));
        if (draft.plan().intent() != null) {
            running.advance(draft);
        } else {
            running.standStill(draft, reason);
            draft.alert("not-begun", reason);
        }
    }

    /** Tries again above the number the cluster knows; no fault of the step's. */
    void behind(Draft draft, Step step, Outcome.Failed failure) {
        long epoch = epoch(failure);
        if (!isPlausible(epoch)) {
            log(draft, step, Entry.PLANNER, failure, null);
            giveUp(draft, step, failure.summary());
            return;
        }
        log(draft, step, Entry.PLANNER, failure, draft.now());
        attempts.raiseAbove(draft, epoch);
        Attempt behind = step.lastAttempt().orElseThrow();
        if (step.status() == StepStatus.STOPPING) {
            // Whoever works there has not been stopped by what was said too low.
            attempts.stop(
                    draft,
                    step,
                    behind.with(a -> a.outcome(null).verdict(null).finishedAt(null)),
                    Entry.PLANNER,
                    behind.message());
        } else if (draft.plan().intent() != null) {
            draft.become(draft.plan().withStep(oneMore(step).withStatus(StepStatus.RETRYING)));
            running.advance(draft);
        } else {
            attempts.request(draft, oneMore(step), behind.marked());
        }
    }

    /** The last number that was to fence somebody off did not, because the cluster knew a higher one: says it above that. */
    void fenceBehind(Draft draft, AttemptId fence, Outcome.Failed failure) {
        long epoch = epoch(failure);
        Step step = draft.plan().step(fence.stepId()).orElse(null);
        if (step == null || step.lastAttempt().isEmpty() || !isPlausible(epoch)) {
            return;
        }
        attempts.raiseAbove(draft, epoch);
        attempts.fence(draft, step, step.lastAttempt().orElseThrow(), failure.summary());
    }

    /** While no verifier runs, no attempt is used up: an executed step is no worse for waiting. */
    private void checkHandover(Draft draft, Step step, Attempt attempt) {
        if (attempts.lostAt(draft, step, attempt).isAfter(draft.now())) {
            attempts.miss(draft, step, attempt);
            return;
        }
        String reason = "no verifier of cluster " + draft.plan().installation().cluster() + " has answered since "
                + since(attempt) + ", so word of what was executed may be lost";
        silent(draft, oneMore(step), attempt, "verifier-silent", reason);
    }

    /**
     * The executor is gone as far as anybody can tell. If it is not, the next attempt's epoch stops it; if there is no next
     * attempt, an epoch raised for nothing else does.
     */
    private void silent(Draft draft, Step step, Attempt attempt, String code, String reason) {
        Outcome.Failed failure = Outcome.Failed.retryable(code, reason);
        Step over = step.withLast(attempt.with(a -> a.outcome(failure).finishedAt(draft.now())));
        boolean again = over.hasAttemptsLeft() && draft.plan().intent() == null;
        log(draft, over, Entry.PLANNER, failure, again ? draft.now() : null);
        if (again) {
            attempts.request(draft, over, attempt.marked());
            return;
        }
        attempts.fence(draft, over, attempt, reason);
        if (over.hasAttemptsLeft()) {
            draft.become(draft.plan().withStep(over.withStatus(StepStatus.RETRYING)));
            running.advance(draft);
        } else {
            giveUp(draft, over, reason);
        }
    }

    /** The executor went down together with the broker: no need to wait for its silence, and no fault of the step's. */
    void forgotten(Draft draft, Step step, Attempt attempt) {
        silent(
                draft,
                oneMore(step),
                attempt,
                "worker-silent",
                "the planner has started anew, and " + who(attempt) + " with it");
    }

    /** The number the cluster knows. */
    private static long epoch(Outcome.Failed behind) {
        return behind.details().path("epoch").asLong();
    }

    private static boolean isPlausible(long epoch) {
        return epoch >= 0 && epoch <= HIGHEST_EPOCH;
    }

    private static Step oneMore(Step step) {
        return step.withAllowed(step.allowed() + 1);
    }

    private void giveUp(Draft draft, Step step, String reason) {
        draft.become(draft.plan().withStep(step.withStatus(StepStatus.FAILED)));
        running.fail(draft, "step " + step.id() + " failed: " + reason);
    }

    private static Instant since(Attempt attempt) {
        return attempt.lastHeartbeat().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String who(Attempt attempt) {
        return attempt.worker() == null ? "the executor" : attempt.worker();
    }

    private static void log(Draft draft, Step step, String actor, Outcome.Failed failure, Instant nextAt) {
        Attempt attempt = step.lastAttempt().orElseThrow();
        draft.log(
                Entry.Type.STEP_FAILED,
                actor,
                "step",
                step.id(),
                "attempt",
                attempt.number(),
                "worker",
                attempt.worker(),
                "code",
                failure.code(),
                "reason",
                failure.summary(),
                "outcome",
                attempt.outcome(),
                "verdict",
                attempt.verdict(),
                "nextAttemptAt",
                nextAt);
    }
}
