package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The copies a destination works on for one plan's step, whichever attempt has started them. */
record CopyTasks(Node destination, CopyMark mark) {

    /** The running ones: what each is marked with, by its id. */
    Map<String, String> running() {
        Map<String, String> running = new TreeMap<>();
        Answer answer = destination
                .get("/_tasks?actions=*reindex&detailed=true&group_by=none")
                .required("listing the tasks of " + destination);
        answer.body().path("tasks").forEach(task -> {
            String of = task.at("/headers/X-Opaque-Id").asText();
            if (of.startsWith(mark.prefix())) {
                running.put(task.path("node").asText() + ":" + task.path("id").asText(), of);
            }
        });
        return running;
    }

    Optional<String> runningOf(String index) {
        return running().entrySet().stream()
                .filter(task -> task.getValue().equals(mark.task(index)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** How the copy of an index stands; empty if the node knows nothing of it, as after a restart. */
    Optional<JsonNode> find(String id, String index) {
        Answer answer = destination.get("/_tasks/" + id);
        return answer.isMissing()
                ? Optional.empty()
                : Optional.of(answer.required("asking " + destination + " for task " + id)
                                .body())
                        .filter(found -> isCopyOf(index, found.path("task")));
    }

    /** A node that was restarted counts its tasks from the beginning: the same id may be something else by now. */
    private static boolean isCopyOf(String index, JsonNode task) {
        return task.path("action").asText().endsWith("reindex")
                && task.path("description").asText().contains("] to [" + index + "]");
    }

    void cancel(String id) {
        destination.post("/_tasks/" + id + "/_cancel");
    }

    /** Returns what was running. */
    Map<String, String> cancelAll() {
        Map<String, String> running = running();
        running.keySet().forEach(this::cancel);
        return running;
    }

    /** Cancelled, a task ends with the batch it is at. */
    void awaitNone(StepContext context) {
        Waiting.until(
                context,
                null,
                () -> {
                    Map<String, String> left = cancelAll();
                    return left.isEmpty()
                            ? Optional.empty()
                            : Optional.of("copies that were cancelled are ending: " + left.values());
                },
                still -> ActionException.passing("copies-not-ended", still));
    }
}
