package io.upstep.planner.plan;

import io.upstep.event.Outcome;
import java.time.Duration;
import java.time.Instant;

/** Decides what follows when an attempt has failed, fallen silent or taken too long. */
final class Failures {
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
        if (!failure.retryable() || !step.hasAttemptsLeft()) {
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
        if (!Attempts.silentAt(step, attempt).isAfter(draft.now())) {
            silent(draft, step, attempt, "nothing was heard of " + who(attempt) + " since " + attempt.lastHeartbeat());
        } else if (step.status() == StepStatus.RUNNING
                && !Attempts.overAt(step, attempt).isAfter(draft.now())) {
            String limit = step.planned().limits().total().toString();
            attempts.stop(draft, step, attempt, Entry.PLANNER, "it has taken longer than its limit of " + limit);
        } else {
            attempts.watch(draft, step, attempt);
        }
    }

    /**
     * The executor is gone as far as anybody can tell. If it is not, the next attempt's epoch stops it; if there is no next
     * attempt, an epoch raised for nothing else does.
     */
    private void silent(Draft draft, Step step, Attempt attempt, String reason) {
        Outcome.Failed failure = Outcome.Failed.retryable("worker-silent", reason);
        Step over = step.withLast(attempt.with(a -> a.outcome(failure).finishedAt(draft.now())));
        boolean again = over.hasAttemptsLeft() && draft.plan().intent() == null;
        log(draft, over, Entry.PLANNER, failure, again ? draft.now() : null);
        if (again) {
            attempts.request(draft, over);
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
        Step free = step.withAllowed(step.allowed() + 1);
        silent(draft, free, attempt, "the planner has started anew, and " + who(attempt) + " with it");
    }

    private void giveUp(Draft draft, Step step, String reason) {
        draft.become(draft.plan().withStep(step.withStatus(StepStatus.FAILED)));
        running.fail(draft, "step " + step.id() + " failed: " + reason);
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
