package io.upstep.planner.plan;

import io.upstep.event.Ending;
import io.upstep.event.PlanVerificationProgressed;
import io.upstep.event.UpgradeCompleted;
import java.time.Duration;

/** The end of a plan: the final judgement is asked for, and what the verifier says is what the plan becomes. */
final class Verifying {
    /** Verifiers at work say so every few seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** With the usual waits about half an hour. */
    private static final int MOST_RINGS = 30;

    private final Patience patience;
    private final Reminders reminders;

    Verifying(Patience patience) {
        this.patience = patience;
        reminders = new Reminders(patience);
    }

    /** @param reason why, if it did not succeed */
    void ask(Draft draft, Ending ending, String reason) {
        draft.become(asked(draft, ending, reason));
        draft.move(PlanStatus.VERIFYING, reason);
        draft.say(Messages.verify(draft.plan()));
        draft.wakeAfter(patience.answer().after(1), Timer.Purpose.VERIFY_AGAIN);
        draft.log(Entry.Type.PLAN_VERIFYING, Entry.PLANNER, "ending", ending, "reason", reason);
    }

    /** So that subscribers are told what runs, whenever somebody can look; the plan does not wait for it. */
    void askWithoutWaiting(Draft draft, Ending ending, String reason) {
        draft.become(asked(draft, ending, reason));
        draft.say(Messages.verify(draft.plan()));
    }

    private static Plan asked(Draft draft, Ending ending, String reason) {
        int count = draft.plan().verifications() + 1;
        Verification asked = Verification.asked(draft.question("v", count), ending, reason, draft.now());
        return draft.plan().with(p -> p.verification(asked)
                .verifications(count)
                .completion(null)
                .intent(null));
    }

    /** Has the question of a plan that is over asked again for a while: nobody waits for the answer but subscribers. */
    void remind(Draft draft) {
        Verification asked = draft.plan().verification();
        boolean wanted = asked != null && draft.plan().completion() == null && asked.rings() < MOST_RINGS;
        if (wanted) {
            draft.wakeAfter(patience.answer().after(asked.rings()), Timer.Purpose.VERIFY_AGAIN);
        } else {
            draft.become(draft.plan().withTimer(null));
        }
    }

    void askAgain(Draft draft) {
        Verification asked = draft.plan().verification();
        Verification again = asked.withRings(asked.rings() + 1);
        draft.become(draft.plan().withVerification(again));
        draft.say(Messages.verify(draft.plan()));
        if (draft.plan().status().isTerminal()) {
            remind(draft);
            return;
        }
        draft.wakeAfter(patience.answer().after(again.rings()), Timer.Purpose.VERIFY_AGAIN);
        reminders.reminded(draft, again.rings(), "verifier", again.silentSince());
    }

    /** A verifier is at it: nobody else needs to be asked as long as it says so. */
    void progressed(Draft draft, PlanVerificationProgressed event) {
        Plan plan = draft.plan();
        Verification asked = plan.verification();
        boolean awaited = plan.status() == PlanStatus.VERIFYING && asked.id().equals(event.verificationId());
        boolean old = awaited && event.verifier().equals(asked.verifier()) && event.sequence() <= asked.heard();
        if (!awaited || old) {
            return;
        }
        draft.become(plan.withVerification(asked.with(v -> v.verifier(event.verifier())
                .heard(event.sequence())
                .heardAt(draft.now())
                .message(event.message())
                .rings(1))));
        draft.wakeAfter(longer(patience.answer().after(1), SILENCE), Timer.Purpose.VERIFY_AGAIN);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    void answered(Draft draft, UpgradeCompleted event) {
        Plan plan = draft.plan();
        boolean asked = plan.verification() != null && plan.verification().id().equals(event.verificationId());
        if (asked && plan.status() == PlanStatus.VERIFYING) {
            PlanStatus end = end(plan.verification().ending(), event);
            draft.become(plan.withCompletion(event));
            draft.move(end, reason(plan, end, event));
            log(draft, type(end), event);
        } else if (asked && plan.status() == PlanStatus.ABANDONED && plan.completion() == null) {
            draft.become(plan.withCompletion(event).withTimer(null));
            log(draft, Entry.Type.PLAN_REPORTED, event);
        }
    }

    private static void log(Draft draft, Entry.Type type, UpgradeCompleted event) {
        draft.log(
                type,
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

    /** The verifier can turn a believed success into a failure, and nothing into a success. */
    private static PlanStatus end(Ending believed, UpgradeCompleted event) {
        return switch (believed) {
            case SUCCEEDED -> event.ending() == Ending.SUCCEEDED ? PlanStatus.SUCCEEDED : PlanStatus.FAILED;
            case FAILED -> PlanStatus.FAILED;
            case CANCELLED -> PlanStatus.CANCELLED;
            case ROLLED_BACK -> event.ending() == Ending.ROLLED_BACK ? PlanStatus.ROLLED_BACK : PlanStatus.FAILED;
            case ABANDONED -> PlanStatus.ABANDONED;
        };
    }

    private static String reason(Plan plan, PlanStatus end, UpgradeCompleted event) {
        if (end == PlanStatus.SUCCEEDED) {
            return null;
        }
        boolean believed = event.ending() == plan.verification().ending();
        if (plan.reason() == null) {
            return event.verdict().summary();
        }
        return believed
                ? plan.reason()
                : plan.reason() + ", but afterwards " + event.verdict().summary();
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
