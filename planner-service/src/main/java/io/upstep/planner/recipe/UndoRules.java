package io.upstep.planner.recipe;

import io.upstep.planner.plan.PlannedStep.Reversibility;
import java.util.List;

/** What a recipe must say, and must not say, about how its steps are taken back. */
record UndoRules(RecipeSpec spec, Problems problems) {
    /** How the ids of a rollback's steps begin. */
    private static final String UNDO = "undo-";

    void check() {
        List<RecipeSpec.Step> steps = spec.steps();
        for (int i = 0; i < steps.size(); i++) {
            requireOtherId(steps.get(i), "/steps/" + i);
            requireUndo(steps.get(i), "/steps/" + i);
        }
        requireUndone();
    }

    private void requireOtherId(RecipeSpec.Step step, String path) {
        if (step.id().startsWith(UNDO)) {
            problems.add(
                    path + "/id",
                    FaultCode.RESERVED_ID,
                    "an id that does not begin with '" + UNDO + "', as those of a rollback's steps do",
                    "'" + step.id() + "'",
                    "rename the step");
        }
    }

    private void requireUndo(RecipeSpec.Step step, String path) {
        if (step.reversibility() == Reversibility.REVERSIBLE && step.undo() == null) {
            problems.add(
                    path,
                    FaultCode.UNDO_MISSING,
                    "'undo', because step '" + step.id() + "' is reversible",
                    "none",
                    "say how it is taken back, undo: { title, action, with, checks }, or why there is nothing to take"
                            + " back, undo: { nothing: \"...\" }; or call the step restorable or irreversible");
        }
        if (step.reversibility() == Reversibility.IRREVERSIBLE && step.undo() != null) {
            problems.add(
                    path + "/undo",
                    FaultCode.UNDO_FORBIDDEN,
                    "no 'undo', because step '" + step.id() + "' is irreversible",
                    "one",
                    "leave it out, or call the step reversible or restorable");
        }
    }

    private void requireUndone() {
        boolean needed = spec.steps().stream()
                .anyMatch(step -> step.undo() != null && !step.undo().isNothing());
        if (needed && spec.undone().isEmpty()) {
            problems.add(
                    "",
                    FaultCode.UNDONE_MISSING,
                    "'undone', because steps have an undo action",
                    "none",
                    "list the checks that must hold after all of it was taken back, in the same form as exit");
        }
    }
}
