package io.upstep.planner.plan;

import io.upstep.event.Ending;
import io.upstep.event.UpgradeCompleted;

/** The end of a plan: the final judgement is asked for, and what the verifier says is what the plan becomes. */
final class Verifying {
    /** Between the reason that was known before somebody gave up, and that they did. */
    static final String AND = "; ";

    private final Patience patience;

    Verifying(Patience patience) {
        this.patience = patience;
    }

    /** @param reason why, if it did not succeed */
    void ask(Draft draft, Ending ending, String reason) {
        int count = draft.plan().verifications() + 1;
        Verification asked = new Verification(draft.plan().id() + "-v" + count, ending, reason, 1, draft.now());
        draft.become(draft.plan()
                .with(p -> p.verification(asked).verifications(count).intent(null)));
        draft.move(PlanStatus.VERIFYING, reason);
        draft.say(Messages.verify(draft.plan()));
        draft.wakeAfter(patience.answer().after(1), Timer.Purpose.VERIFY_AGAIN);
        draft.log(Entry.Type.PLAN_VERIFYING, Entry.PLANNER, "ending", ending, "reason", reason);
    }

    void askAgain(Draft draft) {
        Verification asked = draft.plan().verification();
        Verification again = asked.withRings(asked.rings() + 1);
        draft.become(draft.plan().withVerification(again));
        draft.say(Messages.verify(draft.plan()));
        draft.wakeAfter(patience.answer().after(again.rings()), Timer.Purpose.VERIFY_AGAIN);
        Reminders.log(draft, again.rings(), "verifier", again.requestedAt());
    }

    void answered(Draft draft, UpgradeCompleted event) {
        Plan plan = draft.plan();
        boolean awaited = plan.status() == PlanStatus.VERIFYING
                && plan.verification().id().equals(event.verificationId());
        if (!awaited) {
            return;
        }
        PlanStatus end = end(plan.verification().ending(), event);
        draft.become(plan.withCompletion(event));
        draft.move(end, reason(plan, end, event));
        draft.log(
                type(end),
                event.verifier(),
                "reason",
                draft.plan().reason(),
                "verdict",
                event.verdict(),
                "running",
                event.running());
    }

    /** A reminder has gone out, and still no verdict has come. */
    static boolean isUnanswered(Plan plan) {
        return plan.status() == PlanStatus.VERIFYING && plan.verification().rings() > 1;
    }

    /** It ended without a verdict, because somebody did not want to wait for it any longer. */
    static boolean isGivenUp(Plan plan) {
        return plan.status().isTerminal() && plan.verification() != null && plan.completion() == null;
    }

    /** Ends it without a verdict. Subscribers hear nothing: only a verifier may tell them that it is over, and none has looked. */
    void giveUp(Draft draft, Happening.Cancel verb) {
        Plan plan = draft.plan();
        PlanStatus end = plan.verification().ending() == Ending.FAILED ? PlanStatus.FAILED : PlanStatus.CANCELLED;
        String given = "the wait for the verdict was given up by " + verb.actor()
                + (verb.reason() == null ? "" : " (" + verb.reason() + ")");
        draft.move(end, plan.reason() == null ? given : plan.reason() + AND + given);
        draft.log(
                type(end),
                verb.actor(),
                "reason",
                draft.plan().reason() + "; nobody has looked at what runs now",
                "unverified",
                true);
    }

    /** The verifier can turn a believed success into a failure, and nothing into a success. */
    private static PlanStatus end(Ending believed, UpgradeCompleted event) {
        return switch (believed) {
            case SUCCEEDED -> event.ending() == Ending.SUCCEEDED ? PlanStatus.SUCCEEDED : PlanStatus.FAILED;
            case FAILED -> PlanStatus.FAILED;
            case CANCELLED, ABANDONED -> PlanStatus.CANCELLED;
            case ROLLED_BACK -> PlanStatus.ROLLED_BACK;
        };
    }

    private static String reason(Plan plan, PlanStatus end, UpgradeCompleted event) {
        if (end == PlanStatus.SUCCEEDED) {
            return null;
        }
        return plan.reason() == null ? event.verdict().summary() : plan.reason();
    }

    private static Entry.Type type(PlanStatus end) {
        return switch (end) {
            case SUCCEEDED -> Entry.Type.PLAN_SUCCEEDED;
            case CANCELLED -> Entry.Type.PLAN_CANCELLED;
            case ROLLED_BACK -> Entry.Type.PLAN_ROLLED_BACK;
            default -> Entry.Type.PLAN_FAILED;
        };
    }
}
