package io.upstep.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.CheckSpec;
import io.upstep.event.TimeLimits;
import java.time.Duration;
import java.util.List;

/**
 * One step as planned: nothing in it is left to be decided.
 *
 * @param id unique within the plan
 * @param title for people
 * @param source the guide's section or the fact it follows from
 * @param maxAttempts how many attempts before the plan fails
 * @param expected how long it usually takes; null when nobody knows
 * @param undo how it is taken back; null when that is not known
 * @param undoes the step that this one takes back; null for a step that goes forward
 * @param restorePoint the restore point it takes or proves; null for any other step
 * @param needs the restore points that must be proven before it may begin
 */
public record PlannedStep(
        String id,
        String title,
        String source,
        String action,
        ObjectNode with,
        List<CheckSpec> checks,
        Reversibility reversibility,
        int maxAttempts,
        TimeLimits limits,
        Duration expected,
        Undo undo,
        String undoes,
        String restorePoint,
        List<String> needs) {

    public PlannedStep {
        needs = needs == null ? List.of() : List.copyOf(needs);
    }

    /** A step that has nothing to do with restore points. */
    public PlannedStep(
            String id,
            String title,
            String source,
            String action,
            ObjectNode with,
            List<CheckSpec> checks,
            Reversibility reversibility,
            int maxAttempts,
            TimeLimits limits,
            Duration expected,
            Undo undo,
            String undoes) {
        this(
                id,
                title,
                source,
                action,
                with,
                checks,
                reversibility,
                maxAttempts,
                limits,
                expected,
                undo,
                undoes,
                null,
                List.of());
    }

    /** Whether it belongs to a rollback. */
    @JsonIgnore
    public boolean goesBack() {
        return undoes != null;
    }

    public PlannedStep withChecks(List<CheckSpec> others) {
        return new PlannedStep(
                id,
                title,
                source,
                action,
                with,
                List.copyOf(others),
                reversibility,
                maxAttempts,
                limits,
                expected,
                undo,
                undoes,
                restorePoint,
                needs);
    }

    /**
     * How a step is taken back.
     *
     * @param nothing why there is nothing to take back; the other fields are null then
     */
    public record Undo(
            String nothing,
            String title,
            String action,
            ObjectNode with,
            List<CheckSpec> checks,
            int maxAttempts,
            TimeLimits limits,
            Duration expected) {

        @JsonIgnore
        public boolean leavesNothing() {
            return nothing != null;
        }
    }

    /** Whether a step can be taken back: by its undo, only from a restore point, or not at all (a point of no return). */
    public enum Reversibility {
        REVERSIBLE,
        RESTORABLE,
        IRREVERSIBLE
    }
}
