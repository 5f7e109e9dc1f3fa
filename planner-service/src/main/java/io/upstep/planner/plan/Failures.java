package io.upstep.planner.plan;

import io.upstep.event.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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
        if (Attempts.isHandedOver(step, attempt)) {
            checkHandover(draft, step, attempt);
        } else if (!Attempts.silentAt(step, attempt).isAfter(draft.now())) {
            silent(
                    draft,
                    step,
                    attempt,
                    "worker-silent",
                    "nothing was heard of " + who(attempt) + " since " + since(attempt));
        } else if (step.status() == StepStatus.RUNNING
                && !Attempts.overAt(step, attempt).isAfter(draft.now())) {
            String limit = step.planned().limits().total().toString();
            attempts.stop(draft, step, attempt, Entry.PLANNER, "it has taken longer than its limit of " + limit);
        } else {
            attempts.watch(draft, step, attempt);
        }
    }

    /** While no verifier runs, no attempt is used up: an executed step is no worse for waiting. */
    private void checkHandover(Draft draft, Step step, Attempt attempt) {
        if (attempts.lostAt(step, attempt).isAfter(draft.now())) {
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
        silent(
                draft,
                oneMore(step),
                attempt,
                "worker-silent",
                "the planner has started anew, and " + who(attempt) + " with it");
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
