package io.upstep.planner.plan;

import io.upstep.event.AcceptedRisk;
import io.upstep.event.Ending;
import java.util.ArrayList;
import java.util.List;

/** What people do to a plan. Done twice it changes nothing the second time; done at the wrong time it says so. */
final class Verbs {
    private final Observing observing;
    private final Running running;
    private final Attempts attempts;
    private final Verifying verifying;

    Verbs(Observing observing, Running running, Attempts attempts, Verifying verifying) {
        this.observing = observing;
        this.running = running;
        this.attempts = attempts;
        this.verifying = verifying;
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
            retry(draft, retry);
        } else if (verb instanceof Happening.Skip skip) {
            skip(draft, skip);
        }
    }

    private void start(Draft draft, Happening.Start verb) {
        Plan plan = draft.plan();
        boolean starting =
                plan.status() == PlanStatus.OBSERVING && plan.observation().startedBy() != null;
        if (starting) {
            return;
        }
        if (plan.status() != PlanStatus.PLANNED) {
            throw illegal(plan, "start", "a plan that is PLANNED", "wait until it is planned, or read why it is not");
        }
        observing.ask(draft, verb.actor());
    }

    private void pause(Draft draft, Happening.Pause verb) {
        Plan plan = draft.plan();
        if (plan.status() == PlanStatus.PAUSED || Running.intends(draft, Intent.Kind.PAUSE)) {
            return;
        }
        if (plan.status() != PlanStatus.RUNNING || plan.intent() != null) {
            throw illegal(
                    plan, "pause", "a plan that is RUNNING and not being cancelled", "nothing needs to be paused");
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
        if (plan.status() != PlanStatus.PAUSED) {
            throw illegal(plan, "resume", "a plan that is PAUSED", "only what was paused can be resumed");
        }
        draft.log(Entry.Type.PLAN_RESUMED, verb.actor(), "reason", verb.reason());
        boolean failed =
                plan.currentStep().filter(s -> s.status() == StepStatus.FAILED).isPresent();
        if (failed) {
            String step = plan.currentStep().orElseThrow().id();
            verifying.ask(
                    draft, Ending.FAILED, "step " + step + " failed, and the plan was resumed without retrying it");
        } else {
            draft.move(PlanStatus.RUNNING, null);
            running.advance(draft);
        }
    }

    private void cancel(Draft draft, Happening.Cancel verb) {
        Plan plan = draft.plan();
        if (plan.status() == PlanStatus.CANCELLED
                || Verifying.isGivenUp(plan)
                || Running.intends(draft, Intent.Kind.CANCEL)) {
            return;
        }
        switch (plan.status()) {
            case OBSERVING, PLANNED -> {
                // Nothing was changed in the installation, so there is nothing to verify.
                String reason = Running.cancelReason(intent(draft, Intent.Kind.CANCEL, verb));
                draft.move(PlanStatus.CANCELLED, reason);
                draft.log(Entry.Type.PLAN_CANCELLED, verb.actor(), "reason", verb.reason());
            }
            case RUNNING, PAUSED -> {
                intend(draft, Intent.Kind.CANCEL, verb);
                draft.log(Entry.Type.PLAN_CANCELLING, verb.actor(), "reason", verb.reason());
                stopOrEnd(draft, verb);
            }
            case VERIFYING -> giveUp(draft, verb);
            default ->
                throw illegal(
                        plan, "cancel", "a plan that is not over", "it is over already; nothing needs to be done");
        }
    }

    private void giveUp(Draft draft, Happening.Cancel verb) {
        if (!Verifying.isUnanswered(draft.plan())) {
            throw illegal(
                    draft.plan(),
                    "cancel",
                    "a plan whose steps are not over, or whose verifiers do not answer",
                    "its steps are over and the verdict is asked for; if none comes, you can give it up after the"
                            + " first reminder");
        }
        verifying.giveUp(draft, verb);
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

    private void retry(Draft draft, Happening.Retry verb) {
        Plan plan = draft.plan();
        Step step = plan.currentStep().orElse(null);
        boolean failed = step != null && (step.status() == StepStatus.FAILED || step.status() == StepStatus.RETRYING);
        boolean paused = plan.status() == PlanStatus.PAUSED || plan.status() == PlanStatus.RUNNING;
        if (plan.status() != PlanStatus.FAILED && !(paused && failed && plan.intent() == null)) {
            throw illegal(
                    plan,
                    "retry",
                    "a plan that is FAILED, or stands at a step that failed",
                    paused ? "no step has failed; resume it if it is paused" : "submit a new plan if it is over");
        }
        if (failed) {
            draft.become(plan.withStep(
                    step.withAllowed(step.attempts().size() + step.planned().maxAttempts())));
        }
        draft.become(draft.plan().with(p -> p.completion(null).verification(null)));
        draft.move(PlanStatus.RUNNING, null);
        draft.log(
                Entry.Type.PLAN_RETRIED,
                verb.actor(),
                "reason",
                verb.reason(),
                "step",
                step == null ? null : step.id());
        running.advance(draft);
    }

    private void skip(Draft draft, Happening.Skip verb) {
        Plan plan = draft.plan();
        if (verb.reason() == null || verb.reason().isBlank()) {
            throw new PlanException(
                    PlanException.Code.REASON_MISSING,
                    "a reason, which is shown in the completion event as an accepted risk",
                    "none",
                    "say why the step can be gone without");
        }
        Step step = plan.step(verb.stepId()).orElseThrow(() -> unknownStep(plan, verb.stepId()));
        if (step.status() == StepStatus.SKIPPED) {
            return;
        }
        requireSkippable(plan, step);
        List<AcceptedRisk> risks = new ArrayList<>(plan.acceptedRisks());
        risks.add(new AcceptedRisk(step.id(), verb.reason(), verb.actor()));
        boolean current = plan.currentStep().filter(step::equals).isPresent();
        draft.become(plan.withStep(step.withStatus(StepStatus.SKIPPED)).withAcceptedRisks(risks));
        draft.log(Entry.Type.STEP_SKIPPED, verb.actor(), "step", step.id(), "reason", verb.reason());
        if (current && plan.status() == PlanStatus.RUNNING) {
            running.advance(draft);
        }
    }

    private static void requireSkippable(Plan plan, Step step) {
        boolean open =
                switch (plan.status()) {
                    case PLANNED, RUNNING, PAUSED, FAILED -> true;
                    default -> false;
                };
        boolean idle = step.status() == StepStatus.PENDING
                || step.status() == StepStatus.RETRYING
                || step.status() == StepStatus.FAILED;
        if (!open || !idle) {
            throw new PlanException(
                    PlanException.Code.ILLEGAL_STATE,
                    "a step that failed or has not begun, of a plan that is PLANNED, RUNNING, PAUSED or FAILED",
                    "step " + step.id() + ", which is " + step.status() + ", of plan " + plan.id() + ", which is "
                            + plan.status(),
                    step.status().isLive() ? "wait until the step is over, or cancel the plan" : "leave it as it is");
        }
    }

    private static void intend(Draft draft, Intent.Kind kind, Happening.Verb verb) {
        draft.become(draft.plan().withIntent(intent(draft, kind, verb)));
    }

    private static Intent intent(Draft draft, Intent.Kind kind, Happening.Verb verb) {
        return new Intent(kind, verb.actor(), verb.reason(), draft.now());
    }

    private static boolean isLive(Plan plan) {
        return plan.currentStep().filter(step -> step.status().isLive()).isPresent();
    }

    private static PlanException unknownStep(Plan plan, String stepId) {
        return new PlanException(
                PlanException.Code.UNKNOWN_STEP,
                "one of the plan's steps " + plan.steps().stream().map(Step::id).toList(),
                "'" + stepId + "'",
                "name one of these");
    }

    private static PlanException illegal(Plan plan, String verb, String expected, String remedy) {
        String intent = plan.intent() == null
                ? ""
                : ", about to " + plan.intent().kind().name().toLowerCase(java.util.Locale.ROOT);
        return new PlanException(
                PlanException.Code.ILLEGAL_STATE,
                expected + " (to " + verb + " it)",
                "plan " + plan.id() + ", which is " + plan.status() + intent,
                remedy);
    }
}
