package io.upstep.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Planner to executors of the cluster: a doorbell for one attempt of one step.
 *
 * @param checks what the verifier is to check afterwards; passed on with {@link StepExecuted}
 * @param cursor where an earlier attempt left off, as that attempt said in {@link StepProgressed}; or null
 */
public record StepRequested(
        AttemptId attempt,
        Installation installation,
        Mode mode,
        String action,
        ObjectNode with,
        List<CheckSpec> checks,
        TimeLimits limits,
        String cursor)
        implements EventData {
    public StepRequested {
        Require.present(attempt, "attempt");
        Require.present(installation, "installation");
        mode = mode == null ? Mode.APPLY : mode;
        Require.text(action, "action");
        with = with == null ? JsonNodeFactory.instance.objectNode() : with;
        checks = Require.list(checks, "checks");
        limits = limits == null ? TimeLimits.DEFAULT : limits;
    }

    @Override
    public String subject() {
        return attempt.planId();
    }

    @Override
    public String cluster() {
        return installation.cluster();
    }

    /** Whether to do it, or only to say what doing it would change. */
    public enum Mode {
        APPLY,
        PREVIEW
    }
}
