package io.upstep.planner.plan;

import io.upstep.event.AcceptedRisk;
import io.upstep.event.Fact;
import io.upstep.event.Outcome;
import io.upstep.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells how a plan ended, what runs now, and what can still be done. */
final class Endings {
    private static final String VERSION = "version";

    private Endings() {}

    static String sentence(Plan plan, Instant now) {
        return switch (plan.status()) {
            case SUCCEEDED ->
                Sentences.of(
                        done(plan, now),
                        risks(plan, "It went without ", risk -> isSkipped(plan, risk)),
                        risks(plan, "Accepted: ", risk -> !isSkipped(plan, risk)));
            case REFUSED -> refused(plan);
            case FAILED -> failed(plan);
            case CANCELLED -> Sentences.of(cancelled(plan), runsNow(plan));
            case ABANDONED -> Sentences.of(plan.reason(), runsNow(plan), kept(plan));
            default -> Sentences.of(plan.reason(), runsNow(plan), risks(plan, "Accepted: ", risk -> true));
        };
    }

    /** Why the attempt failed, in one clause. */
    static String failure(Attempt attempt) {
        boolean worked = attempt.outcome() instanceof Outcome.Succeeded;
        return Sentences.bare(
                worked && attempt.verdict() != null
                        ? attempt.verdict().summary()
                        : attempt.outcome().summary());
    }

    private static String done(Plan plan, Instant now) {
        String from = plan.route().from();
        String target = plan.submission().target();
        boolean moved = from != null && !from.equals(target);
        String change = moved ? " went from " + from + " to " + target : " runs " + target;
        return "Done: " + plan.submission().platform() + " in " + plan.installation() + change
                + (moved ? " at " : ", as of ") + Sentences.at(plan.finishedAt(), now) + "; the verifier "
                + found(plan.completion().verdict());
    }

    private static String found(Verdict verdict) {
        int count = verdict.evidence().size();
        return count == 1 ? "made 1 observation, as expected" : "made " + count + " observations, all as expected";
    }

    /** Null if there are none. */
    private static String risks(Plan plan, String before, Predicate<AcceptedRisk> which) {
        String told =
                plan.acceptedRisks().stream().filter(which).map(Endings::risk).collect(Collectors.joining(" and "));
        return told.isEmpty() ? null : before + told;
    }

    private static boolean isSkipped(Plan plan, AcceptedRisk risk) {
        return plan.step(risk.stepId())
                .filter(step -> step.status() == StepStatus.SKIPPED)
                .isPresent();
    }

    private static String risk(AcceptedRisk risk) {
        return "step " + risk.stepId() + " (" + risk.acceptedBy() + ": " + Sentences.bare(risk.reason()) + ")";
    }

    private static String refused(Plan plan) {
        String remedy = plan.refusal().remedy();
        return Sentences.of(
                "Refused: " + plan.refusal().detail(),
                remedy == null || remedy.isBlank() ? null : "Instead: " + remedy);
    }

    private static String failed(Plan plan) {
        Optional<Step> failed = plan.currentStep().filter(step -> step.status() == StepStatus.FAILED);
        if (failed.isPresent() && failed.get().lastAttempt().isPresent()) {
            Step step = failed.get();
            return Sentences.of(
                    "Failed at step " + step.id() + ": "
                            + failure(step.lastAttempt().get()),
                    runsNow(plan),
                    "A retry gives the step another attempt, mark-done says that it was done by hand, a skip goes without it",
                    back(plan));
        }
        return Sentences.of(
                "Failed: " + plan.reason(),
                runsNow(plan),
                plan.currentStep().isPresent()
                        ? "A retry goes on with the next step"
                        : "All steps are over; a retry has the installation judged once more",
                back(plan));
    }

    /** Whether what was done can be taken back. */
    private static String back(Plan plan) {
        if (plan.isTakenBack()) {
            return null;
        }
        return UndoPlan.of(plan, List.of())
                .blockedBy()
                .map(blocked -> "It cannot be rolled back past step " + blocked.step())
                .orElse("A rollback takes back what was done");
    }

    private static String kept(Plan plan) {
        return plan.completion() == null
                ? "Whoever was working on it is fenced off; another plan may take the installation"
                : null;
    }

    private static String cancelled(Plan plan) {
        return plan.reason().startsWith("cancelled") ? plan.reason() : "Cancelled: " + plan.reason();
    }

    private static String runsNow(Plan plan) {
        if (plan.startedAt() == null) {
            return "Nothing had been changed";
        }
        if (plan.completion() == null) {
            return "Nobody has looked at what runs now yet";
        }
        Fact version = plan.completion().running().get(VERSION);
        return version != null && version.isKnown()
                ? "It runs " + version.value().asText() + " now"
                : "Which version runs now could not be told";
    }
}
