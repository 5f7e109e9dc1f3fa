package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Asks of every step that changes something how it is seen to be done, and of one that nothing takes back how long it may take. */
record StepAdvice() implements Advice {

    /** After these Kubernetes goes on by itself, and may fail at it. */
    private static final Set<String> PODS = Set.of(
            "kubernetes.set-image", "kubernetes.scale", "kubernetes.rollout-restart", "helm.upgrade", "helm.rollback");

    @Override
    public void give(YamlDocument document, Problems problems) {
        JsonNode steps = document.tree().path("steps");
        for (int i = 0; i < steps.size(); i++) {
            JsonNode step = steps.get(i);
            String path = "/steps/" + i;
            if (changesPodsOrMore(step) && step.path("checks").isEmpty()) {
                problems.add(
                        path,
                        FaultCode.NO_CHECKS,
                        "checks in step '" + step.path("id").asText() + "', because that it was done does not yet mean"
                                + " that it works",
                        "none",
                        "say what a verifier must see before the step counts as done, for example"
                                + " kubernetes.rollout-complete; else the executor's own word is all there is");
            }
            if (step.path("reversibility").asText().equals("irreversible")
                    && step.at("/limits/total").isMissingNode()
                    && step.path("expected").isMissingNode()) {
                problems.add(
                        path,
                        FaultCode.NO_LIMITS,
                        "'limits' with 'total', or 'expected', in step '"
                                + step.path("id").asText() + "', because nothing takes it back",
                        "neither",
                        "say how long it may take, limits: { total: PT15M }, and how long it usually does, expected:"
                                + " PT30S");
            }
        }
    }

    private static boolean changesPodsOrMore(JsonNode step) {
        return PODS.contains(step.path("action").asText())
                || !step.path("reversibility").asText().equals("reversible")
                        && !step.at("/undo/nothing").isTextual();
    }
}
