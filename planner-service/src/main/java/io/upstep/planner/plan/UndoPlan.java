package io.upstep.planner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a plan would be taken back from where it stands: computed from the plan alone, and so to be had at any time.
 *
 * @param steps what is done, in this order; empty if nothing has to be
 * @param nothing steps that leave nothing to take back
 * @param kept steps that stay as they are because somebody wants it so
 * @param blocked why it cannot be taken back; null if it can
 */
public record UndoPlan(List<PlannedStep> steps, List<Nothing> nothing, List<String> kept, Blocked blocked) {
    static final String PREFIX = "undo-";

    /** A step that leaves nothing to take back, and why. */
    public record Nothing(String step, String because) {}

    /**
     * The step that stands in the way.
     *
     * @param because why it cannot be taken back
     * @param instead the safe way on from here
     */
    public record Blocked(String step, String because, String instead) {}

    /** @param keep steps to leave as they are */
    public static UndoPlan of(Plan plan, List<String> keep) {
        List<PlannedStep> steps = new ArrayList<>();
        List<Nothing> nothing = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        List<Step> touched = plan.steps().stream()
                .filter(step -> !step.planned().goesBack() && step.isTouched())
                .toList();
        for (int i = touched.size() - 1; i >= 0; i--) {
            PlannedStep step = touched.get(i).planned();
            if (isKeepable(step) && keep.contains(step.id())) {
                kept.add(step.id());
            } else if (step.reversibility() == PlannedStep.Reversibility.IRREVERSIBLE
                    || hasNoWayBack(plan, touched.get(i))) {
                return new UndoPlan(List.of(), List.of(), List.of(), blocked(plan, touched.get(i), touched));
            } else if (step.undo().leavesNothing()) {
                nothing.add(new Nothing(step.id(), step.undo().nothing()));
            } else {
                steps.add(undo(step));
            }
        }
        return new UndoPlan(List.copyOf(steps), List.copyOf(nothing), List.copyOf(kept), null);
    }

    /** @throws PlanException when one of them is no step of the plan */
    public static void requireKnown(Plan plan, List<String> keep) {
        keep.stream().filter(id -> plan.step(id).isEmpty()).findFirst().ifPresent(id -> {
            throw PlanException.unknownStep(plan, id);
        });
    }

    /** Whether a rollback can be asked for: something was done, nothing stands in the way, and it is not taken back yet. */
    public boolean isPossible(Plan plan) {
        boolean done = plan.steps().stream().anyMatch(Step::isTouched);
        return done && blocked == null && plan.status() != PlanStatus.ROLLED_BACK;
    }

    public Optional<Blocked> blockedBy() {
        return Optional.ofNullable(blocked);
    }

    private static PlannedStep undo(PlannedStep step) {
        PlannedStep.Undo undo = step.undo();
        return new PlannedStep(
                PREFIX + step.id(),
                undo.title(),
                step.source(),
                undo.action(),
                undo.with(),
                undo.checks(),
                PlannedStep.Reversibility.REVERSIBLE,
                undo.maxAttempts(),
                undo.limits(),
                undo.expected(),
                null,
                step.id());
    }

    /** A step that only a restore point takes back cannot be taken back by one that was never proven. */
    private static boolean hasNoWayBack(Plan plan, Step step) {
        boolean restorable = step.planned().reversibility() == PlannedStep.Reversibility.RESTORABLE;
        return step.planned().undo() == null || restorable && !RestorePoints.areProven(plan, step);
    }

    private static Blocked blocked(Plan plan, Step step, List<Step> touched) {
        String because =
                switch (step.planned().reversibility()) {
                    case IRREVERSIBLE -> "it cannot be taken back: with it the point of no return was passed";
                    case RESTORABLE ->
                        "only a restore point could take it back, and this plan has none for it"
                                + (step.planned().undo() == null ? "" : " that was proven");
                    case REVERSIBLE -> "the recipe it was planned from does not say how to take it back";
                };
        return new Blocked(step.id(), because, forward(plan) + keeping(plan, touched));
    }

    /** Not past the point of no return, but with nothing that would take it back by itself. */
    private static boolean isKeepable(PlannedStep step) {
        return step.reversibility() == PlannedStep.Reversibility.RESTORABLE
                || step.reversibility() == PlannedStep.Reversibility.REVERSIBLE && step.undo() == null;
    }

    /** All that would have to be kept, not only the first, so that nobody has to ask step by step. */
    private static String keeping(Plan plan, List<Step> touched) {
        List<PlannedStep> all = touched.stream().map(Step::planned).toList();
        boolean hopeless =
                all.stream().anyMatch(step -> step.reversibility() == PlannedStep.Reversibility.IRREVERSIBLE);
        List<String> ids = touched.stream()
                .filter(step -> isKeepable(step.planned()) && hasNoWayBack(plan, step))
                .map(Step::id)
                .toList();
        return hopeless
                ? ""
                : "; or roll back and keep " + String.join(" and ", ids) + " as "
                        + (ids.size() == 1 ? "it is" : "they are") + ", with a reason";
    }

    private static String forward(Plan plan) {
        Optional<Step> open = plan.steps().stream()
                .filter(step -> !step.planned().goesBack() && !step.status().isDone())
                .findFirst();
        return open.map(step -> "go forward: put right what keeps step " + step.id()
                        + " from passing, then retry it, or do it by hand and mark it done")
                .orElse("stay with what runs now, and submit a new plan for whatever is still wrong");
    }
}
