package io.upstep.executor.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.event.StepRequested;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.Actions;
import io.upstep.executor.action.Parameters;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.MDC;

/** Calls the action a request names, and makes one outcome of whatever comes of it. */
@ApplicationScoped
public class ActionCall {
    /** How long an action that was told to stop has for it, before it is left behind. */
    static final Duration LAST_MOMENT = Duration.ofSeconds(10);

    private final Actions actions;
    private final Clock clock;

    public ActionCall(Actions actions, Clock clock) {
        this.actions = actions;
        this.clock = clock;
    }

    /** Returns null when the attempt ended without anything left to say. */
    Outcome outcome(Execution execution) {
        execution.enter();
        MDC.put("plan", execution.request().attempt().planId());
        MDC.put("step", execution.request().attempt().stepId());
        try {
            return unlessTaken(execution, call(execution));
        } catch (RuntimeException e) {
            // Whatever it was: after a stop, or a refusal by the target's own fence, it is but the consequence.
            return execution.stillOwns(e) ? Failures.outcome(e) : afterStop(execution);
        } finally {
            MDC.remove("plan");
            MDC.remove("step");
            execution.leave();
        }
    }

    /** The outcome of an attempt that was told to stop for taking too long and does not even do that. */
    Optional<Outcome> overdue(Execution execution) {
        return execution
                .stopped()
                .filter(stop -> stop.reason() == StopReason.TIMEOUT)
                .filter(stop ->
                        !clock.instant().isBefore(execution.hold().deadline().plus(LAST_MOMENT)))
                .map(ActionCall::timeout);
    }

    private Outcome call(Execution execution) {
        StepRequested request = execution.request();
        return call(
                actions.named(request.action()),
                request.with(),
                request.mode(),
                new ExecutionContext(execution, clock));
    }

    private static <P> Outcome call(Action<P> action, ObjectNode with, StepRequested.Mode mode, StepContext context) {
        P parameters = Parameters.bind(action.name(), with, action.parameters());
        return mode == StepRequested.Mode.PREVIEW
                ? action.preview(parameters, context)
                : action.run(parameters, context);
    }

    /** What is done is done, and may be said, unless the installation has gone to somebody else meanwhile. */
    private static Outcome unlessTaken(Execution execution, Outcome outcome) {
        boolean taken = execution
                .stopped()
                .filter(stop -> stop.reason() == StopReason.LEASE_LOST || stop.reason() == StopReason.CANCELLED)
                .isPresent();
        return taken ? null : outcome;
    }

    private static Outcome afterStop(Execution execution) {
        return execution.stopped().map(ActionCall::lastWord).orElse(null);
    }

    /** Null where somebody else has the installation: then there is nothing more to be said for this attempt. */
    private static Outcome lastWord(Execution.Stop stop) {
        return switch (stop.reason()) {
            case TIMEOUT -> timeout(stop);
            case HANDED_OVER ->
                Outcome.Failed.retryable(
                        "handed-over", "the executor stops; the next attempt goes on where this one left off");
            case LEASE_LOST, CANCELLED -> null;
        };
    }

    private static Outcome timeout(Execution.Stop stop) {
        return Outcome.Failed.retryable("timeout", "the attempt was stopped because it " + stop.text());
    }
}
