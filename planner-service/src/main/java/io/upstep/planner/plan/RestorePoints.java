package io.upstep.planner.plan;

import io.upstep.event.AcceptedRisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds that no step that only a backup could take back begins before that backup is proven, or somebody has said by name and
 * with a reason that it goes without.
 */
final class RestorePoints {
    private RestorePoints() {}

    /** What is accepted by doing without restore points: one risk for each step that needed one. */
    static List<AcceptedRisk> waived(List<Waiver> waivers, List<PlannedStep> steps) {
        List<AcceptedRisk> risks = new ArrayList<>();
        for (PlannedStep step : steps) {
            waivers.stream()
                    .filter(waiver -> step.needs().contains(waiver.restorePoint()))
                    .map(waiver ->
                            new AcceptedRisk(step.id(), without(waiver.restorePoint(), waiver.reason()), waiver.by()))
                    .forEach(risks::add);
        }
        return risks;
    }

    /** The plan when a step that was to prove a restore point is skipped: whoever needs that goes without. */
    static Plan skipped(Plan plan, PlannedStep proof, String reason, String actor) {
        Plan changed = plan;
        if (proof.restorePoint() != null) {
            for (Step step : plan.steps()) {
                if (step.planned().needs().contains(proof.restorePoint())) {
                    changed = changed.withRisk(step.id(), without(proof.restorePoint(), reason), actor);
                }
            }
        }
        return changed;
    }

    private static String without(String restorePoint, String reason) {
        return "without a proven restore point '" + restorePoint + "': " + reason;
    }

    /** Why a step may not begin yet; empty when it may. */
    static Optional<String> missing(Plan plan, Step step) {
        return step.planned().needs().stream()
                .filter(need -> !isWaived(plan, need))
                .filter(need -> proof(plan, step, need)
                        .filter(proof -> isProven(proof) || proof.status() == StepStatus.SKIPPED)
                        .isEmpty())
                .findFirst()
                .map(
                        need -> "step " + step.id() + " needs the restore point '" + need
                                + "', which is not proven: retry from the step that proves it, or skip that step with a reason");
    }

    /** Whether a step's restore points are all there, so that it can be taken back from them. */
    static boolean areProven(Plan plan, Step step) {
        return step.planned().needs().stream()
                .allMatch(need ->
                        proof(plan, step, need).filter(RestorePoints::isProven).isPresent());
    }

    /** The last of the steps before it that serve the restore point: its checks are the proof. */
    private static Optional<Step> proof(Plan plan, Step step, String restorePoint) {
        return plan.steps().stream()
                .takeWhile(earlier -> !earlier.id().equals(step.id()))
                .filter(earlier -> restorePoint.equals(earlier.planned().restorePoint()))
                .reduce((first, second) -> second);
    }

    /** Who took the backup is not believed: without checks, no verifier has looked. */
    private static boolean isProven(Step proof) {
        boolean passed = proof.status() == StepStatus.PASSED || proof.status() == StepStatus.UNDONE;
        return passed && !proof.planned().checks().isEmpty();
    }

    private static boolean isWaived(Plan plan, String restorePoint) {
        return plan.submission().waivers().stream()
                .anyMatch(waiver -> waiver.restorePoint().equals(restorePoint));
    }
}
