package io.upstep.planner.plan;

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
        Duration expected) {

    /** Whether a step can be taken back: by its undo, only from a restore point, or not at all (a point of no return). */
    public enum Reversibility {
        REVERSIBLE,
        RESTORABLE,
        IRREVERSIBLE
    }
}
