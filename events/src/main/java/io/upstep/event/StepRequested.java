package io.upstep.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * Planner to executors of the cluster: a doorbell for one attempt of one step.
 *
 * @param checks what the verifier is to check afterwards; passed on with {@link StepExecuted}
 * @param cursor where an earlier attempt left off, as that attempt said in {@link StepProgressed}; or null
 * @param firstAttempt the first attempt whose work counts; what earlier ones finished is to be done again
 * @param notAfter when it must not be begun any more; null for no such limit
 * @param planner which Upstep asks, so that two of them never work on one installation; null if it does not say
 * @param adopts the plan of another Upstep that the installation may be taken from; null for none
 */
public record StepRequested(
        AttemptId attempt,
        Installation installation,
        Mode mode,
        String action,
        ObjectNode with,
        List<CheckSpec> checks,
        TimeLimits limits,
        String cursor,
        int firstAttempt,
        Instant notAfter,
        String planner,
        String adopts)
        implements EventData {
    public StepRequested {
        Require.present(attempt, "attempt");
        Require.present(installation, "installation");
        mode = mode == null ? Mode.APPLY : mode;
        Require.text(action, "action");
        with = with == null ? JsonNodeFactory.instance.objectNode() : with;
        checks = Require.list(checks, "checks");
        limits = limits == null ? TimeLimits.DEFAULT : limits;
        // Who leaves it out means the first.
        firstAttempt = firstAttempt == 0 ? 1 : firstAttempt;
        Require.atLeastOne(firstAttempt, "firstAttempt");
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
