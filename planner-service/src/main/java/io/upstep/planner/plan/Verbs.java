package io.upstep.planner.plan;

import io.upstep.event.Ending;
import java.util.List;

/** What people do to a plan. Done twice it changes nothing the second time; done at the wrong time it says so. */
final class Verbs {
    private final Observing observing;
    private final Running running;
    private final Attempts attempts;
    private final Verifying verifying;
    private final Repairs repairs;
    private final Undoing undoing;
    private final LettingGo lettingGo;

    Verbs(Observing observing, Running running, Attempts attempts, Verifying verifying) {
        this.observing = observing;
        this.running = running;
        this.attempts = attempts;
        this.verifying = verifying;
        repairs = new Repairs(running, attempts);
        undoing = new Undoing(attempts, running);
        lettingGo = new LettingGo(attempts, verifying);
    }

    void act(Draft draft, Happening.Verb verb) {
        // Java 17 has no pattern switch yet.
        if (verb instanceof Happening.Start start) {
            start(draft, start);
        } else if (verb instanceof Happening.Pause pause) {
            pause(draft, pause);
        } else if (verb instanceof Happening.Resume resume) {
            resume(draft, resume);
        } else if (verb instanceof Happening.Cancel cancel) {
            cancel(draft, cancel);
        } else if (verb instanceof Happening.Retry retry) {
            repairs.retry(draft, retry);
        } else if (verb instanceof Happening.Skip skip) {
            repairs.skip(draft, skip);
        } else if (verb instanceof Happening.MarkDone done) {
            repairs.markDone(draft, done);
        } else if (verb instanceof Happening.Rollback rollback) {
            undoing.rollBack(draft, rollback);
        } else if (verb instanceof Happening.Abandon abandon) {
            lettingGo.abandon(draft, abandon);
        } else if (verb instanceof Happening.Adopted adopted) {
            lettingGo.adopted(draft, adopted);
        }
    }

    private void start(Draft draft, Happening.Start verb) {
        Plan plan = draft.plan();
        boolean starting =
                plan.status() == PlanStatus.OBSERVING && plan.observation().startedBy() != null;
        if (starting || plan.status() == PlanStatus.RUNNING || plan.status() == PlanStatus.VERIFYING) {
            return;
        }
        if (plan.status() != PlanStatus.PLANNED) {
            throw PlanException.illegal(
                    plan, "start", "a plan that is PLANNED", "wait until it is planned, or read why it is not");
        }
        observing.ask(draft, verb.actor());
    }

    private void pause(Draft draft, Happening.Pause verb) {
        Plan plan = draft.plan();
        if (plan.status() == PlanStatus.PAUSED || Running.intends(draft, Intent.Kind.PAUSE)) {
            return;
        }
        if (!plan.status().isWorking() || plan.intent() != null) {
            throw PlanException.illegal(
                    plan,
                    "pause",
                    "a plan that is RUNNING or ROLLING_BACK and not being cancelled",
                    "nothing needs to be paused");
        }
        intend(draft, Intent.Kind.PAUSE, verb);
        if (isLive(plan)) {
            draft.log(Entry.Type.PLAN_PAUSING, verb.actor(), "reason", verb.reason());
        } else {
            running.pause(draft);
        }
    }

    private void resume(Draft draft, Happening.Resume verb) {
        Plan plan = draft.plan();
        if (Running.intends(draft, Intent.Kind.PAUSE)) {
            draft.become(plan.withIntent(null));
            draft.log(Entry.Type.PLAN_RESUMED, verb.actor(), "reason", verb.reason());
            return;
        }
        // Said twice, the second time may find that the last step has passed meanwhile.
        boolean going = plan.status().isWorking() || plan.status() == PlanStatus.VERIFYING;
        if (going && plan.intent() == null) {
            return;
        }
        if (plan.status() != PlanStatus.PAUSED) {
            throw PlanException.illegal(plan, "resume", "a plan that is PAUSED", "only what was paused can be resumed");
        }
        draft.log(Entry.Type.PLAN_RESUMED, verb.actor(), "reason", verb.reason());
        boolean failed =
                plan.currentStep().filter(s -> s.status() == StepStatus.FAILED).isPresent();
        if (failed) {
            String step = plan.currentStep().orElseThrow().id();
            verifying.ask(
                    draft, Ending.FAILED, "step " + step + " failed, and the plan was resumed without retrying it");
        } else {
            draft.move(plan.working(), null);
            running.advance(draft);
        }
    }

    private void cancel(Draft draft, Happening.Cancel verb) {
        Plan plan = draft.plan();
        if (verb.undo()) {
            cancelWithUndo(draft, verb);
            return;
        }
        boolean judged =
                plan.status() == PlanStatus.VERIFYING && plan.verification().ending() == Ending.CANCELLED;
        if (judged || plan.status() == PlanStatus.CANCELLED || Running.intends(draft, Intent.Kind.CANCEL)) {
            return;
        }
        switch (plan.status()) {
            case OBSERVING, PLANNED -> {
                // Nothing was changed in the installation, so there is nothing to verify.
                String reason = Running.cancelReason(intent(draft, Intent.Kind.CANCEL, verb));
                draft.move(PlanStatus.CANCELLED, reason);
                draft.log(Entry.Type.PLAN_CANCELLED, verb.actor(), "reason", verb.reason());
            }
            case RUNNING, PAUSED, ROLLING_BACK -> {
                intend(draft, Intent.Kind.CANCEL, verb);
                draft.log(Entry.Type.PLAN_CANCELLING, verb.actor(), "reason", verb.reason());
                stopOrEnd(draft, verb);
            }
            case VERIFYING ->
                throw PlanException.illegal(
                        plan,
                        "cancel",
                        "a plan whose steps are not over",
                        "wait for the verdict, roll it back, or abandon it if no verifier answers");
            default ->
                throw PlanException.illegal(
                        plan, "cancel", "a plan that is not over", "it is over already; nothing needs to be done");
        }
    }

    /** Where nothing was done there is nothing to take back. */
    private void cancelWithUndo(Draft draft, Happening.Cancel verb) {
        PlanStatus status = draft.plan().status();
        if (status == PlanStatus.ROLLED_BACK) {
            return;
        }
        if (status.isTerminal()
                || status == PlanStatus.VERIFYING && !draft.plan().isTakenBack()) {
            // It may have succeeded while the cancel was on its way: who wants that undone has to say so.
            throw PlanException.illegal(
                    draft.plan(), "cancel", "a plan whose steps are not over", "roll it back if that is what you want");
        }
        boolean untouched = draft.plan().steps().stream().noneMatch(Step::isTouched);
        if (untouched) {
            cancel(draft, new Happening.Cancel(verb.actor(), verb.reason(), false));
        } else {
            undoing.rollBack(draft, new Happening.Rollback(verb.actor(), verb.reason(), List.of()));
        }
    }

    private void stopOrEnd(Draft draft, Happening.Verb verb) {
        Step step = draft.plan().currentStep().orElse(null);
        if (step == null || !step.status().isLive()) {
            running.advance(draft);
        } else if (step.status() != StepStatus.STOPPING) {
            Attempt attempt = step.lastAttempt().orElseThrow();
            attempts.stop(
                    draft,
                    step,
                    attempt,
                    verb.actor(),
                    Running.cancelReason(draft.plan().intent()));
        }
    }

    private static void intend(Draft draft, Intent.Kind kind, Happening.Verb verb) {
        draft.become(draft.plan().withIntent(intent(draft, kind, verb)));
    }

    private static Intent intent(Draft draft, Intent.Kind kind, Happening.Verb verb) {
        return new Intent(kind, verb.actor(), verb.reason(), draft.now(), List.of());
    }

    private static boolean isLive(Plan plan) {
        return plan.currentStep().filter(step -> step.status().isLive()).isPresent();
    }
}
