package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a Job stands.
 *
 * @param unfinished what it is waited for; empty at its end
 * @param failure why it failed; empty unless it did
 */
record JobState(Optional<String> unfinished, Optional<String> failure) {
    private static final int LONGEST = 500;
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    static JobState of(String name, FencedObjects objects) {
        ObjectNode job = objects.get(Kinds.JOB, name)
                .orElseThrow(() -> ActionException.passing(
                        "object-gone", "Job " + name + " was deleted before it was seen to end"));
        if (isComplete(job)) {
            return new JobState(Optional.empty(), Optional.empty());
        }
        List<ObjectNode> pods = objects.list(Kinds.POD, "job-name=" + name);
        if (isFailed(job)) {
            JsonNode condition = condition(job, "Failed");
            return new JobState(
                    Optional.empty(),
                    Optional.of("Job " + name + " failed: "
                            + condition.path("reason").asText("no reason given") + " "
                            + condition.path("message").asText() + ends(pods) + "; its log: kubectl logs job/" + name));
        }
        return new JobState(Optional.of("Job " + name + " runs: " + phases(pods)), Optional.empty());
    }

    static boolean isComplete(JsonNode job) {
        return condition(job, "Complete").path("status").asText().equals("True");
    }

    static boolean isFailed(JsonNode job) {
        return condition(job, "Failed").path("status").asText().equals("True");
    }

    /** Pods of Jobs of the plan that are on their way out, and work on what they worked on to their last moment. */
    static Optional<String> stillEnding(StepContext context, FencedObjects objects) {
        return objects.list(Kinds.POD, StepLabels.podsOfJobs(context.attempt())).stream()
                .filter(pod -> pod.at("/metadata/deletionTimestamp").isTextual())
                .filter(pod -> !ENDED.contains(pod.at("/status/phase").asText()))
                .findFirst()
                .map(pod -> "pod " + Manifest.name(pod)
                        + " of an earlier Job of the plan is ending; if its node is gone for"
                        + " good: kubectl delete pod --force " + Manifest.name(pod));
    }

    private static JsonNode condition(JsonNode job, String type) {
        for (JsonNode condition : job.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static String phases(List<ObjectNode> pods) {
        return pods.isEmpty()
                ? "no pod yet"
                : pods.stream().map(JobState::phase).collect(Collectors.joining(", "));
    }

    private static String phase(JsonNode pod) {
        JsonNode container = pod.at("/status/containerStatuses/0/state");
        String waiting = container.at("/waiting/reason").asText();
        return Manifest.name(pod) + " " + pod.at("/status/phase").asText("Pending")
                + (waiting.isEmpty() ? "" : " (" + waiting + ")");
    }

    /** What the container has left as its last words, which is meant to be told; its log is not. */
    private static String said(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "" : ", saying '" + line.substring(0, Math.min(line.length(), LONGEST)) + "'";
    }

    private static String ends(List<ObjectNode> pods) {
        return pods.stream()
                .map(pod -> pod.at("/status/containerStatuses/0/state/terminated"))
                .filter(end -> !end.isMissingNode())
                .map(end -> end.path("reason").asText("ended") + " with exit code "
                        + end.path("exitCode").asInt()
                        + said(end.path("message").asText()))
                .distinct()
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), said -> said.isEmpty() ? "" : " (its containers: " + said + ")"));
    }
}
