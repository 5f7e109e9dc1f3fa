package io.upstep.planner.plan;

import java.time.Duration;
import java.time.Instant;

/** Answers why a plan is where it is, from the plan alone. */
public final class Whys {
    private Whys() {}

    public static Why of(Plan plan, Instant now) {
        return switch (plan.status()) {
            case OBSERVING -> observing(plan, now);
            case PLANNED ->
                person(
                        plan,
                        plan.reason() == null ? "it is planned and waits to be started" : plan.reason(),
                        "a start");
            case PAUSED -> paused(plan);
            case RUNNING, ROLLING_BACK -> running(plan, now);
            case VERIFYING -> verifying(plan, now);
            case REFUSED, SUCCEEDED, FAILED, CANCELLED, ROLLED_BACK -> over(plan);
        };
    }

    private static Why observing(Plan plan, Instant now) {
        Observation asked = plan.observation();
        String before = asked.startedBy() == null ? "planning" : "starting";
        String sentence = asked.rings() > 1
                ? unanswered("verifier", plan, asked.requestedAt(), now)
                : "a verifier of cluster " + cluster(plan) + " is looking at " + plan.installation() + " before "
                        + before;
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
        String sentence = asked.rings() > 1
                ? unanswered("verifier", plan, asked.requestedAt(), now)
                : "the steps are over, and a verifier of cluster " + cluster(plan)
                        + " judges the installation as a whole";
        return waits(
                plan,
                sentence,
                "upgrade.completed " + asked.id(),
                asked.requestedAt(),
                "a verifier's verdict",
                "asks again");
    }

    private static Why paused(Plan plan) {
        Step step = plan.currentStep().orElse(null);
        boolean failed = step != null && (step.status() == StepStatus.FAILED || step.status() == StepStatus.RETRYING);
        String by = plan.reason() == null ? "" : " (" + plan.reason() + ")";
        return failed
                ? person(
                        plan,
                        "it is paused" + by + " at step " + step.id() + ", which failed",
                        "a retry, skip, resume or cancel")
                : person(plan, "it is paused" + by, "a resume or cancel");
    }

    private static Why running(Plan plan, Instant now) {
        Step step = plan.currentStep().orElseThrow();
        Attempt attempt = step.lastAttempt().orElseThrow();
        String name = "step " + step.id() + ", attempt " + attempt.number() + " of " + step.allowed();
        String completed = "step.completed " + step.id() + "#" + attempt.number();
        return switch (step.status()) {
            case REQUESTED ->
                waits(
                        plan,
                        attempt.rings() > 1
                                ? name + ": " + unanswered("executor", plan, attempt.requestedAt(), now)
                                : name + " waits for an executor of cluster " + cluster(plan) + " to accept it",
                        "acceptance of step " + step.id(),
                        attempt.requestedAt(),
                        "an executor of cluster " + cluster(plan),
                        "rings again");
            case STOPPING ->
                waits(
                        plan,
                        attempt.rings() > 1
                                ? name + " is to stop: " + unanswered("executor", plan, attempt.stoppedAt(), now)
                                : name + " is being stopped: " + attempt.message(),
                        completed,
                        attempt.stoppedAt(),
                        "an executor of cluster " + cluster(plan),
                        "asks again");
            case RETRYING ->
                waits(
                        plan,
                        name + " failed: " + failure(attempt) + "; the next attempt follows",
                        "the wait before the next attempt",
                        attempt.finishedAt(),
                        "the timer, or a retry",
                        "makes attempt " + (attempt.number() + 1));
            case VERIFYING ->
                waits(
                        plan,
                        name + " is executed, and a verifier checks it" + doing(attempt) + wish(plan),
                        completed,
                        attempt.lastHeartbeat(),
                        "a verifier's verdict",
                        "makes another attempt if nothing is heard until then");
            default ->
                waits(
                        plan,
                        name + " is carried out by " + attempt.worker() + doing(attempt) + wish(plan),
                        completed,
                        attempt.acceptedAt(),
                        "executor " + attempt.worker(),
                        "makes another attempt if nothing is heard until then");
        };
    }

    private static Why over(Plan plan) {
        String reason = plan.reason() == null ? "" : ": " + plan.reason().replaceFirst("\\.$", "");
        String remedy =
                switch (plan.status()) {
                    case REFUSED ->
                        plan.refusal().remedy() == null
                                ? ""
                                : ". " + plan.refusal().remedy();
                    case FAILED -> "; a retry opens it again";
                    default -> "";
                };
        String sentence = "it is over: " + plan.status() + reason + remedy;
        return new Why(sentence, null, plan.finishedAt(), null, null, null);
    }

    private static Why person(Plan plan, String sentence, String releasedBy) {
        return new Why(sentence, "a person", plan.statusSince(), releasedBy, null, null);
    }

    private static Why waits(
            Plan plan, String sentence, String waitingFor, Instant since, String releasedBy, String next) {
        Instant nextAt = plan.timer() == null ? null : plan.timer().wakeAt();
        return new Why(sentence, waitingFor, since, releasedBy, "the planner " + next, nextAt);
    }

    private static String unanswered(String role, Plan plan, Instant since, Instant now) {
        Duration silence =
                Duration.ofSeconds(Math.max(0, Duration.between(since, now).toSeconds()));
        return "no " + role + " of cluster " + cluster(plan) + " has answered since " + since + " ("
                + silence.toString().substring(2).toLowerCase(java.util.Locale.ROOT) + "); see whether one is running";
    }

    private static String failure(Attempt attempt) {
        boolean worked = attempt.outcome() instanceof io.upstep.event.Outcome.Succeeded;
        return worked && attempt.verdict() != null
                ? attempt.verdict().summary()
                : attempt.outcome().summary();
    }

    private static String doing(Attempt attempt) {
        String percent = attempt.fraction() == null ? "" : " (" + Math.round(attempt.fraction() * 100) + " %)";
        return attempt.message() == null ? percent : percent + ": " + attempt.message();
    }

    private static String wish(Plan plan) {
        if (plan.intent() == null) {
            return "";
        }
        return plan.intent().kind() == Intent.Kind.PAUSE ? "; after it the plan pauses" : "; after it the plan ends";
    }

    private static String cluster(Plan plan) {
        return plan.installation().cluster();
    }
}
