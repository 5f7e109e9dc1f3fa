package io.upstep.verifier.check.kubernetes;

import io.upstep.verifier.cluster.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a workload's controller claims about its rollout. Necessary, but never enough: a status can be old or wrong. */
record ClaimedStatus(KubeObject workload) {
    private static final Map<String, List<String>> COUNTS = Map.of(
            "Deployment", List.of("replicas", "updatedReplicas", "readyReplicas", "availableReplicas"),
            "StatefulSet", List.of("replicas", "updatedReplicas", "readyReplicas", "availableReplicas"),
            "DaemonSet", List.of("currentNumberScheduled", "updatedNumberScheduled", "numberReady", "numberAvailable"));

    static boolean isKnown(String kind) {
        return COUNTS.containsKey(kind);
    }

    long generation() {
        return workload.number("/metadata/generation", 0);
    }

    /** How many pods there are to be. */
    long wanted() {
        return workload.kind().equals("DaemonSet")
                ? workload.number("/status/desiredNumberScheduled", 0)
                : workload.number("/spec/replicas", 1);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        long observed = workload.number("/status/observedGeneration", 0);
        if (observed < generation()) {
            problems.add("its status is of generation " + observed);
        }
        for (String count : COUNTS.get(workload.kind())) {
            long claimed = workload.number("/status/" + count, 0);
            if (claimed != wanted()) {
                problems.add(count + " " + claimed);
            }
        }
        if (workload.at("/spec/paused").asBoolean()) {
            problems.add("it is paused");
        }
        return problems;
    }

    /** Whether the controller itself has given up waiting. */
    boolean deadlineExceeded() {
        return workload.each("/status/conditions").stream()
                .anyMatch(condition -> condition.path("reason").asText().equals("ProgressDeadlineExceeded")
                        && condition.path("status").asText().equals("False"));
    }
}
