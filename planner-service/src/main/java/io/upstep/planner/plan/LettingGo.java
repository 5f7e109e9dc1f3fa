package io.upstep.planner.plan;

import io.upstep.event.Ending;

/** Ends a plan without waiting for anybody: who still works on it is fenced off, and what runs is asked for, not awaited. */
final class LettingGo {
    private final Attempts attempts;
    private final Verifying verifying;

    LettingGo(Attempts attempts, Verifying verifying) {
        this.attempts = attempts;
        this.verifying = verifying;
    }

    void abandon(Draft draft, Happening.Abandon verb) {
        Plan plan = draft.plan();
        if (plan.status() == PlanStatus.ABANDONED) {
            return;
        }
        PlanException.requireReason(verb, "abandoning a plan");
        if (plan.status().isTerminal()) {
            throw PlanException.illegal(plan, "abandon", "a plan that is not over", "nothing needs to be done");
        }
        letGo(draft, verb, "abandoned by " + verb.actor() + ": " + verb.reason());
    }

    void adopted(Draft draft, Happening.Adopted verb) {
        if (draft.plan().status().isTerminal()) {
            return;
        }
        draft.become(draft.plan().withAdoptedBy(verb.byPlanId()));
        letGo(draft, verb, "adopted by plan " + verb.number());
    }

    private void letGo(Draft draft, Happening.Verb verb, String reason) {
        Step live = draft.plan()
                .currentStep()
                .filter(step -> step.status().isLive())
                .orElse(null);
        if (live != null) {
            attempts.abandon(draft, live, live.lastAttempt().orElseThrow(), reason);
        }
        if (draft.plan().startedAt() != null) {
            verifying.askWithoutWaiting(draft, Ending.ABANDONED, reason);
        }
        draft.move(PlanStatus.ABANDONED, reason);
        verifying.remind(draft);
        draft.log(
                Entry.Type.PLAN_ABANDONED,
                verb.actor(),
                "reason",
                verb.reason(),
                "adoptedBy",
                draft.plan().adoptedBy());
    }
}
