package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;

/** {@code kubernetes.rollout-restart}: has workloads replace their pods, once per step however often it is tried. */
@ApplicationScoped
public class RolloutRestartAction extends ObjectAction<RolloutRestartAction.With> {
    // What kubectl writes, so that its history reads the same.
    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
    private static final String RESTARTED_BY = "upstep.io/restarted-by";

    /** @param kind Deployment if not said */
    public record With(String kind, String apiVersion, String name, String selector) {
        public With {
            kind = kind == null ? "Deployment" : kind;
            new Target(kind, apiVersion, name, selector);
        }

        Target target() {
            return new Target(kind, apiVersion, name, selector);
        }
    }

    public RolloutRestartAction() {
        super("kubernetes.rollout-restart", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        Kind kind = objects.kind(with.target());
        for (ObjectNode object : objects.find(with.target())) {
            objects.edit(kind, Manifest.name(object), o -> restart(o, context));
        }
        return objects.report().outcome("restarted");
    }

    private static boolean restart(ObjectNode object, StepContext context) {
        ObjectNode annotations = Manifest.child(Manifest.child(PodTemplate.of(object), "metadata"), "annotations");
        String by = context.attempt().planId() + "/" + context.attempt().stepId()
                + (context.firstAttempt() == 1 ? "" : "/" + context.firstAttempt());
        if (annotations.path(RESTARTED_BY).asText().equals(by)) {
            return false;
        }
        annotations.put(RESTARTED_BY, by);
        annotations.put(
                RESTARTED_AT,
                context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return true;
    }
}
