package io.upstep.planner.plan;

import io.upstep.event.Outcome;
import io.upstep.event.TimeLimits;
import java.time.Duration;
import java.time.Instant;

/** Begins, rings for and stops attempts; every one of them under a fencing number of its own. */
final class Attempts {
    private final Patience patience;
    private final Reminders reminders;

    Attempts(Patience patience) {
        this.patience = patience;
        reminders = new Reminders(patience);
    }

    /** A person who said that the step is done has said so for every attempt until one was judged. */
    void request(Draft draft, Step step) {
        MarkedDone marked = step.status() == StepStatus.RETRYING
                ? step.lastAttempt().map(Attempt::marked).orElse(null)
                : null;
        request(draft, step, marked);
    }

    /** @param marked who says that there is nothing left to do; null for an attempt that does the work */
    void request(Draft draft, Step step, MarkedDone marked) {
        Attempt attempt =
                Attempt.requested(step.attempts().size() + 1, draft.raiseEpoch(), step.cursor(), marked, draft.now());
        Step requested = step.withNext(attempt).withStatus(StepStatus.REQUESTED);
        draft.become(draft.plan().withStep(requested));
        if (draft.plan().startedAt() == null) {
            draft.become(draft.plan().withStartedAt(draft.now()));
        }
        draft.say(Messages.request(draft.plan(), requested, attempt));
        ringAt(draft, requested, attempt, step.planned().limits().start());
        draft.log(
                Entry.Type.STEP_REQUESTED,
                Entry.PLANNER,
                "step",
                step.id(),
                "title",
                step.planned().title(),
                "attempt",
                attempt.number(),
                "epoch",
                attempt.epoch());
    }

    /** The same attempt again, word for word: an executor that has it already takes no notice. */
    void ringAgain(Draft draft, Step step, Attempt attempt) {
        Attempt again = attempt.withRings(attempt.rings() + 1);
        draft.become(draft.plan().withStep(step.withLast(again)));
        draft.say(Messages.request(draft.plan(), step, again));
        ringAt(draft, step, again, patience.acceptance().after(attempt.rings()));
        reminders.reminded(draft, again.rings(), "executor", attempt.requestedAt());
    }

    /** Rings again after a while, or looks when the request has been waiting for too long, whichever comes first. */
    private static void ringAt(Draft draft, Step step, Attempt attempt, Duration wait) {
        Instant ring = draft.now().plus(wait);
        Instant end = attempt.notAfter(step.planned().limits());
        draft.wakeAt(end.isBefore(ring) ? end : ring, Timer.Purpose.RING_AGAIN);
    }

    /** Takes the installation away from whoever works on it, and waits to hear that nobody does any more. */
    void stop(Draft draft, Step step, Attempt attempt, String actor, String reason) {
        Attempt stopping = attempt.with(
                a -> a.epoch(draft.raiseEpoch()).rings(1).message(reason).stoppedAt(draft.now()));
        Step stopped = step.withLast(stopping).withStatus(StepStatus.STOPPING);
        draft.become(draft.plan().withStep(stopped));
        draft.say(Messages.stop(draft.plan(), stopped, stopping, reason, false));
        draft.wakeAfter(patience.answer().after(1), Timer.Purpose.STOP_AGAIN);
        draft.log(
                Entry.Type.STEP_STOPPING,
                actor,
                "step",
                step.id(),
                "attempt",
                stopping.number(),
                "epoch",
                stopping.epoch(),
                "reason",
                reason);
    }

    void stopAgain(Draft draft, Step step, Attempt attempt) {
        Attempt again = attempt.withRings(attempt.rings() + 1);
        draft.become(draft.plan().withStep(step.withLast(again)));
        draft.say(Messages.stop(draft.plan(), step, again, again.message(), false));
        draft.wakeAfter(patience.answer().after(again.rings()), Timer.Purpose.STOP_AGAIN);
        reminders.reminded(draft, again.rings(), "executor", attempt.stoppedAt());
    }

    /** Fences off an executor that fell silent, without waiting for it: it may be alive, and must not write any more. */
    void fence(Draft draft, Step step, Attempt attempt, String reason) {
        Attempt fenced = attempt.withEpoch(draft.raiseEpoch());
        boolean last = draft.plan().status().isTerminal();
        draft.say(Messages.stop(draft.plan(), step, fenced, reason, last));
    }

    /** The cluster knows a higher fencing number than this plan does: goes on above it, at once. */
    void raiseAbove(Draft draft, long epoch) {
        draft.become(draft.plan().withEpoch(Math.max(draft.plan().epoch(), epoch)));
    }

    /** Fences off whoever has the attempt, and ends it without waiting for a word. */
    void abandon(Draft draft, Step step, Attempt attempt, String reason) {
        Attempt over = attempt.with(a -> a.epoch(draft.raiseEpoch())
                .outcome(new Outcome.Cancelled(reason))
                .finishedAt(draft.now()));
        Step cancelled = step.withLast(over).withStatus(StepStatus.CANCELLED);
        draft.become(draft.plan().withStep(cancelled));
        draft.say(Messages.stop(draft.plan(), cancelled, over, reason, true));
    }

    /** Wakes the plan when the attempt's next sign of life is overdue, or its time is over, whichever comes first. */
    void watch(Draft draft, Step step, Attempt attempt) {
        Instant silent = isHandedOver(step, attempt) ? noticeAt(draft, step, attempt) : silentAt(draft, step, attempt);
        Instant over = overAt(draft, step, attempt);
        boolean timed = step.status() == StepStatus.RUNNING;
        draft.wakeAt(timed && over.isBefore(silent) ? over : silent, Timer.Purpose.CHECK_ATTEMPT);
    }

    static Instant silentAt(Draft draft, Step step, Attempt attempt) {
        return draft.heard(attempt.lastHeartbeat()).plus(step.planned().limits().heartbeat());
    }

    /** Executed, and no verifier has given a sign of life yet: the executor is done, and its silence means nothing. */
    static boolean isHandedOver(Step step, Attempt attempt) {
        return step.status() == StepStatus.VERIFYING && attempt.verifier() == null;
    }

    /** When verifiers are to be missed that have not taken notice: first to say so, then to do something about it. */
    private Instant noticeAt(Draft draft, Step step, Attempt attempt) {
        Instant missed =
                draft.heard(attempt.lastHeartbeat()).plus(patience.answer().after(1));
        Instant lost = lostAt(draft, step, attempt);
        return attempt.rings() > 1 || lost.isBefore(missed) ? lost : missed;
    }

    /** When word of the executed attempt must be taken for lost. */
    Instant lostAt(Draft draft, Step step, Attempt attempt) {
        return draft.heard(attempt.lastHeartbeat())
                .plus(patience.handover().after(step.attempts().size()));
    }

    /** Nothing can be said again here: only the executor knows what it did. */
    void miss(Draft draft, Step step, Attempt attempt) {
        Attempt missed = attempt.withRings(attempt.rings() + 1);
        Step changed = step.withLast(missed);
        draft.become(draft.plan().withStep(changed));
        watch(draft, changed, missed);
        reminders.missed(draft, changed, missed);
    }

    /** The executor keeps to the limit by itself; this is when it has had the time to say so, and has not. */
    static Instant overAt(Draft draft, Step step, Attempt attempt) {
        TimeLimits limits = step.planned().limits();
        return draft.heard(attempt.acceptedAt().plus(limits.total())).plus(limits.heartbeat());
    }
}
