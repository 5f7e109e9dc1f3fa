package io.upstep.planner.plan;

import java.time.Instant;

/**
 * Decides what follows from what happens to a plan: a pure function of the plan, the happening and the time. News that is
 * late, said twice or about an older attempt changes nothing; a verb that does not fit throws {@link PlanException}.
 */
public final class Decider {
    private final Observing observing;
    private final Executing executing;
    private final Attempts attempts;
    private final Failures failures;
    private final Verifying verifying;
    private final Verbs verbs;

    public Decider(Resolver resolver, Patience patience) {
        attempts = new Attempts(patience);
        verifying = new Verifying(patience);
        Running running = new Running(attempts, verifying);
        failures = new Failures(patience, attempts, running);
        executing = new Executing(attempts, failures, running);
        observing = new Observing(resolver, patience, running);
        verbs = new Verbs(observing, running, attempts, verifying);
    }

    /**
     * @param planner which Upstep this is
     * @param epoch the highest fencing number ever given out for the installation; the plan's are higher
     */
    public Decision submit(
            String id, long number, String planner, Submission submission, String actor, long epoch, Instant now) {
        Plan blank = PlanBuilder.builder()
                .id(id)
                .number(number)
                .planner(planner)
                .submission(submission)
                .createdBy(actor)
                .createdAt(now)
                .updatedAt(now)
                .status(PlanStatus.OBSERVING)
                .statusSince(now)
                .epoch(epoch)
                .build();
        Draft draft = new Draft(blank, now);
        draft.log(Entry.Type.PLAN_SUBMITTED, actor, "number", number, "submission", submission);
        observing.ask(draft, null);
        return draft.decision(blank);
    }

    public Decision decide(Plan plan, Happening happening, Instant now) {
        Draft draft =
                new Draft(plan, now, happening instanceof Happening.TimerDue due ? due.listeningSince() : Instant.MIN);
        // Java 17 has no pattern switch yet.
        if (happening instanceof Happening.Verb verb) {
            verbs.act(draft, verb);
        } else if (happening instanceof Happening.Observed observed) {
            observing.answered(draft, observed.event());
        } else if (happening instanceof Happening.Progressed progressed) {
            executing.progressed(draft, progressed.event());
        } else if (happening instanceof Happening.Completed completed) {
            executing.completed(draft, completed.event());
        } else if (happening instanceof Happening.Judged judged) {
            verifying.answered(draft, judged.event());
        } else if (happening instanceof Happening.VerificationProgressed progressed) {
            verifying.progressed(draft, progressed.event());
        } else if (happening instanceof Happening.Undeliverable undeliverable) {
            draft.alert(
                    Draft.UNDELIVERABLE,
                    "the broker can never take the plan's " + undeliverable.type() + ": " + undeliverable.reason()
                            + "; make what the plan carries smaller, and submit it anew");
        } else if (happening instanceof Happening.TimerDue) {
            wake(draft);
        } else if (happening instanceof Happening.BrokerForgot) {
            sayAgain(draft);
        }
        boolean byItself = happening instanceof Happening.TimerDue
                || happening instanceof Happening.BrokerForgot
                || happening instanceof Happening.Undeliverable;
        if (!byItself && !draft.plan().equals(plan)) {
            draft.become(draft.plan().withAlert(null));
        }
        return draft.decision(plan);
    }

    private void wake(Draft draft) {
        Timer timer = draft.plan().timer();
        if (timer != null && !timer.wakeAt().isAfter(draft.now())) {
            onTimer(draft, timer.purpose());
        }
    }

    private void onTimer(Draft draft, Timer.Purpose purpose) {
        Step step = draft.plan().currentStep().orElse(null);
        Attempt attempt = step == null ? null : step.lastAttempt().orElse(null);
        switch (purpose) {
            case OBSERVE_AGAIN -> observing.askAgain(draft);
            case VERIFY_AGAIN -> verifying.askAgain(draft);
            case RING_AGAIN -> failures.unaccepted(draft, step, attempt);
            case STOP_AGAIN -> attempts.stopAgain(draft, step, attempt);
            case CHECK_ATTEMPT -> failures.check(draft, step, attempt);
            case NEXT_ATTEMPT -> attempts.request(draft, step);
        }
    }

    private void sayAgain(Draft draft) {
        Timer timer = draft.plan().timer();
        if (timer == null || timer.purpose() == Timer.Purpose.NEXT_ATTEMPT) {
            return;
        }
        if (timer.purpose() == Timer.Purpose.CHECK_ATTEMPT) {
            Step step = draft.plan().currentStep().orElseThrow();
            failures.forgotten(draft, step, step.lastAttempt().orElseThrow());
        } else {
            onTimer(draft, timer.purpose());
        }
    }
}
