package io.upstep.planner.recipe;

import io.upstep.planner.plan.PlannedStep.Reversibility;
import java.util.List;
import java.util.Objects;

/** What a recipe must say about the backups its steps rely on: which are taken, which are proven, and which step needs which. */
record RestorePointRules(RecipeSpec spec, Problems problems) {

    void check() {
        for (int i = 0; i < spec.steps().size(); i++) {
            RecipeSpec.Step step = spec.steps().get(i);
            requireSaid(step, "/steps/" + i);
            requireProof(step, i);
        }
    }

    /** What cannot be taken back without a backup says on which it relies, or why on none. */
    private void requireSaid(RecipeSpec.Step step, String path) {
        boolean reversible = step.reversibility() == Reversibility.REVERSIBLE;
        boolean reasoned = step.noRestorePoint() != null;
        if (!reversible && step.needs().isEmpty() == !reasoned) {
            problems.add(
                    path,
                    FaultCode.RESTORE_POINT,
                    "'needs' with the restore points that must be proven before step '" + step.id()
                            + "', because it is "
                            + step.reversibility().name().toLowerCase(java.util.Locale.ROOT)
                            + ", or 'noRestorePoint' saying why none is needed",
                    reasoned ? "both" : "neither",
                    reasoned
                            ? "leave one of them out"
                            : "name the restore point, or say what brings back what the step changes");
        }
        if (reversible && reasoned) {
            problems.add(
                    path + "/noRestorePoint",
                    FaultCode.RESTORE_POINT,
                    "no 'noRestorePoint', because step '" + step.id() + "' is reversible",
                    "one",
                    "leave it out");
        }
    }

    /** The proof is the last step that serves the restore point; a verifier has to look at it. */
    private void requireProof(RecipeSpec.Step step, int index) {
        for (String need : step.needs()) {
            List<RecipeSpec.Step> serving = spec.steps().stream()
                    .filter(other -> Objects.equals(other.restorePoint(), need))
                    .toList();
            boolean late = serving.stream().anyMatch(other -> spec.steps().indexOf(other) > index);
            if (late) {
                problems.add(
                        "/steps/" + index + "/needs",
                        FaultCode.RESTORE_POINT,
                        "the steps of restore point '" + need + "' to come before step '" + step.id() + "'",
                        "some that come after it",
                        "move them before it");
            } else if (!serving.isEmpty()
                    && serving.get(serving.size() - 1).checks().isEmpty()) {
                problems.add(
                        "/steps/" + index + "/needs",
                        FaultCode.RESTORE_POINT,
                        "checks in step '" + serving.get(serving.size() - 1).id()
                                + "', because it is what proves restore point '" + need + "'",
                        "none",
                        "let a check look at the backup, for example postgres.restore-point");
            }
        }
    }
}
