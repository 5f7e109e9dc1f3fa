package io.upstep.planner.plan;

import java.time.Instant;

/** Answers why a plan is where it is, from the plan alone. */
public final class Whys {
    private static final String MAY_LOOK = "It may still be looking";
    private static final String OTHERWISE = "makes another attempt if nothing is heard until then";

    private Whys() {}

    public static Why of(Plan plan, Instant now) {
        return switch (plan.status()) {
            case OBSERVING -> observing(plan, now);
            case PLANNED ->
                person(
                        plan,
                        plan.reason() == null ? "It is planned and waits to be started" : plan.reason(),
                        "a start");
            case PAUSED -> paused(plan);
            case RUNNING, ROLLING_BACK -> running(plan, now);
            case VERIFYING -> verifying(plan, now);
            case REFUSED, SUCCEEDED, FAILED, CANCELLED, ROLLED_BACK, ABANDONED ->
                new Why(Endings.sentence(plan, now), null, null, plan.finishedAt(), null, null, null);
        };
    }

    private static Why observing(Plan plan, Instant now) {
        Observation asked = plan.observation();
        String before = asked.startedBy() == null ? "the steps are planned" : "the first step";
        String sentence = asked.rings() > 1
                ? Sentences.of(unanswered("", "verifier", plan, asked.requestedAt(), now), MAY_LOOK)
                : Sentences.of("A verifier of cluster " + cluster(plan) + " looks at " + plan.installation()
                        + " before " + before);
        return waits(
                plan,
                sentence,
                "installation.observed " + asked.id(),
                asked.requestedAt(),
                "a verifier's answer",
                "asks again");
    }

    private static Why verifying(Plan plan, Instant now) {
        Verification asked = plan.verification();
        String sentence = Verifying.isUnanswered(plan)
                ? Sentences.of(
                        unanswered("the steps are over, but ", "verifier", plan, asked.silentSince(), now),
                        MAY_LOOK,
                        "Abandoning the plan ends it without a verdict")
                : Sentences.of("The steps are over, and " + judge(plan) + " judges " + plan.installation()
                        + " as a whole" + looksAt(asked));
        return waits(
                plan,
                sentence,
                "upgrade.completed " + asked.id(),
                asked.requestedAt(),
                "a verifier's verdict",
                "asks again");
    }

    private static String judge(Plan plan) {
        String verifier = plan.verification().verifier();
        return verifier == null ? "a verifier of cluster " + cluster(plan) : "verifier " + verifier;
    }

    private static String looksAt(Verification asked) {
        return asked.message() == null ? "" : ", looking at " + Sentences.bare(asked.message());
    }

    private static Why paused(Plan plan) {
        Step step = plan.currentStep().orElse(null);
        boolean failed = step != null && (step.status() == StepStatus.FAILED || step.status() == StepStatus.RETRYING);
        String by = plan.reason() == null ? "" : " (" + Sentences.bare(plan.reason()) + ")";
        if (!failed) {
            return person(plan, "It is paused" + by + takenBack(plan), "a resume, cancel or rollback");
        }
        String why = step.lastAttempt()
                .map(attempt -> ": " + Endings.failure(attempt))
                .orElse("");
        return person(
                plan,
                "It is paused" + by + takenBack(plan) + " at step " + step.id() + ", which failed" + why,
                "a retry, skip, mark-done, rollback, resume or cancel");
    }

    private static String takenBack(Plan plan) {
        return plan.isTakenBack() ? " while being taken back" : "";
    }

    private static Why running(Plan plan, Instant now) {
        Step step = plan.currentStep().orElseThrow();
        Attempt attempt = step.lastAttempt().orElseThrow();
        return switch (step.status()) {
            case REQUESTED -> requested(plan, step, attempt, now);
            case STOPPING -> stopping(plan, step, attempt, now);
            case RETRYING -> retrying(plan, step, attempt);
            case VERIFYING -> checked(plan, step, attempt, now);
            default -> carriedOut(plan, step, attempt);
        };
    }

    private static Why requested(Plan plan, Step step, Attempt attempt, Instant now) {
        String sentence = attempt.rings() > 1
                ? unanswered(name(step, attempt) + " waits: ", "executor", plan, attempt.requestedAt(), now)
                : Sentences.of(name(step, attempt) + " waits for an executor of cluster " + cluster(plan)
                        + " to accept it" + wish(plan));
        return waits(
                plan,
                sentence,
                "acceptance of step " + step.id(),
                attempt.requestedAt(),
                "an executor of cluster " + cluster(plan),
                "rings again");
    }

    private static Why stopping(Plan plan, Step step, Attempt attempt, Instant now) {
        String sentence = attempt.rings() > 1
                ? unanswered(name(step, attempt) + " is to stop: ", "executor", plan, attempt.stoppedAt(), now)
                : Sentences.of(name(step, attempt) + " is being stopped: " + attempt.message());
        return waits(
                plan,
                sentence,
                completed(step, attempt),
                attempt.stoppedAt(),
                "an executor of cluster " + cluster(plan),
                "asks again");
    }

    private static Why retrying(Plan plan, Step step, Attempt attempt) {
        return waits(
                plan,
                Sentences.of(
                        name(step, attempt) + " failed: " + Endings.failure(attempt),
                        "The next attempt follows shortly"),
                "the wait before the next attempt",
                attempt.finishedAt(),
                "the timer, or a retry",
                "makes attempt " + (attempt.number() + 1));
    }

    private static Why checked(Plan plan, Step step, Attempt attempt, Instant now) {
        boolean handedOver = Attempts.isHandedOver(step, attempt);
        boolean missed = handedOver && attempt.rings() > 1;
        String done = name(step, attempt) + " is executed";
        String sentence;
        if (missed) {
            sentence = unanswered(done + ", but ", "verifier", plan, attempt.lastHeartbeat(), now);
        } else if (handedOver) {
            sentence = Sentences.of(
                    done + " and waits for a verifier of cluster " + cluster(plan) + " to check it" + wish(plan));
        } else {
            sentence = Sentences.of(done + ", and a verifier checks it" + said(attempt) + wish(plan));
        }
        return waits(
                plan,
                sentence,
                completed(step, attempt),
                attempt.lastHeartbeat(),
                handedOver ? "a verifier of cluster " + cluster(plan) : "a verifier's verdict",
                handedOver && !missed ? "looks again whether a verifier has answered" : OTHERWISE);
    }

    private static Why carriedOut(Plan plan, Step step, Attempt attempt) {
        String percent = attempt.fraction() == null ? "" : " (" + Math.round(attempt.fraction() * 100) + " %)";
        return waits(
                plan,
                Sentences.of(name(step, attempt) + " is carried out by " + attempt.worker() + percent + said(attempt)
                        + wish(plan)),
                completed(step, attempt),
                attempt.acceptedAt(),
                "executor " + attempt.worker(),
                OTHERWISE);
    }

    private static Why person(Plan plan, String sentence, String releasedBy) {
        return new Why(Sentences.of(sentence), hold(plan), "a person", plan.statusSince(), releasedBy, null, null);
    }

    private static Why waits(
            Plan plan, String sentence, String waitingFor, Instant since, String releasedBy, String next) {
        Instant nextAt = plan.timer() == null ? null : plan.timer().wakeAt();
        return new Why(
                alerted(plan, sentence), hold(plan), waitingFor, since, releasedBy, "the planner " + next, nextAt);
    }

    private static Hold hold(Plan plan) {
        return plan.hold().orElse(null);
    }

    private static String alerted(Plan plan, String sentence) {
        return plan.alert() == null
                ? sentence
                : sentence + " Operators were alerted: " + plan.alert().text();
    }

    private static String unanswered(String before, String role, Plan plan, Instant since, Instant now) {
        return Sentences.of(
                before + "no " + role + " of cluster " + cluster(plan) + " has answered since "
                        + Sentences.at(since, now) + " (" + Sentences.length(since, now) + ")" + wish(plan),
                "See whether one is running");
    }

    private static String name(Step step, Attempt attempt) {
        return "Step " + step.id() + " (attempt " + attempt.number() + " of " + step.allowed() + ")";
    }

    private static String completed(Step step, Attempt attempt) {
        return "step.completed " + step.id() + "#" + attempt.number();
    }

    private static String said(Attempt attempt) {
        return attempt.message() == null ? "" : ": " + Sentences.bare(attempt.message());
    }

    private static String wish(Plan plan) {
        if (plan.intent() == null || plan.intent().kind() == Intent.Kind.CANCEL) {
            return "";
        }
        return plan.intent().kind() == Intent.Kind.PAUSE
                ? "; after it the plan pauses"
                : "; after it what was done is taken back";
    }

    private static String cluster(Plan plan) {
        return plan.installation().cluster();
    }
}
