package io.upstep.planner.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.planner.plan.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** Tells a journal entry as one sentence. */
final class Story {
    private Story() {}

    static String sentence(JournalEntry entry) {
        ObjectNode data = entry.data();
        return switch (entry.type()) {
            case "plan.submitted" -> "Submitted by " + entry.actor();
            case "plan.observed" -> "Observed by " + entry.actor() + ": runs " + running(data.path("facts"));
            case "plan.planned" ->
                "Planned: " + joined(data.path("path"), " → ") + " in "
                        + data.path("steps").size() + " steps";
            case "plan.refused" -> "Refused: " + text(data.path("refusal"), "detail");
            case "plan.changed" ->
                "The installation has changed since the plan was shown: " + joined(data.path("differences"), "; ");
            case "plan.started" -> "Started by " + entry.actor();
            case "plan.pausing" -> entry.actor() + " pauses it once the running step is over" + reason(data);
            case "plan.paused" -> "Paused" + reason(data);
            case "plan.resumed" -> "Resumed by " + entry.actor() + reason(data);
            case "plan.cancelling" -> entry.actor() + " cancels it" + reason(data);
            case "plan.cancelled" -> "Cancelled" + reason(data) + nowRuns(data);
            case "plan.retried" -> "Retried by " + entry.actor() + reason(data);
            case "plan.verifying" -> "The steps are over; the verifier judges the whole" + reason(data);
            case "plan.succeeded" -> "Succeeded: " + text(data.path("verdict"), "summary") + nowRuns(data);
            case "plan.failed" -> "Failed" + reason(data) + nowRuns(data);
            case "plan.rolled.back" -> capital(text(data, "reason")) + nowRuns(data);
            case "plan.rolling.back" ->
                entry.actor() + " rolls it back"
                        + (data.has("after") ? " once step " + text(data, "after") + " has stopped" : "")
                        + reason(data);
            case "plan.abandoned" ->
                (data.has("adoptedBy") ? "Adopted by plan " + text(data, "adoptedBy") : "Abandoned by " + entry.actor())
                        + reason(data);
            case "plan.reported" -> "The verifier has looked after all" + nowRuns(data);
            case "plan.alerted" -> "Operators were alerted: " + text(data, "text");
            case "step.requested" -> step(data) + "requested" + attempt(data);
            case "step.accepted" -> step(data) + "accepted by " + entry.actor();
            case "step.progressed" -> step(data) + progress(data);
            case "step.verifying" -> step(data) + "the verifier looks";
            case "step.passed" -> step(data) + "passed, " + text(data.path("verdict"), "summary");
            case "step.failed" ->
                step(data) + "attempt " + data.path("attempt").asText() + " failed" + reason(data)
                        + (data.hasNonNull("nextAttemptAt") ? "; another follows" : "");
            case "step.stopping" -> step(data) + "is being stopped" + reason(data);
            case "step.cancelled" -> step(data) + "stopped, " + text(data.path("outcome"), "summary");
            case "step.skipped" -> step(data) + "skipped by " + entry.actor() + reason(data);
            case "step.marked.done" -> step(data) + "marked done by " + entry.actor() + reason(data);
            case "reminded" ->
                data.has("step")
                        ? step(data) + "executed, but no " + text(data, "waitingFor") + " of cluster "
                                + text(data, "cluster") + " has taken notice yet; it waits"
                        : "Still no answer of " + text(data, "waitingFor") + "s of cluster " + text(data, "cluster")
                                + "; they are asked again";
            default -> entry.type();
        };
    }

    private static String step(ObjectNode data) {
        return text(data, "step") + ": ";
    }

    private static String attempt(ObjectNode data) {
        int number = data.path("attempt").asInt(1);
        return number > 1 ? ", attempt " + number : "";
    }

    private static String progress(ObjectNode data) {
        List<String> parts = new ArrayList<>();
        if (data.hasNonNull("message")) {
            parts.add(data.path("message").asText());
        }
        if (data.hasNonNull("fraction")) {
            parts.add(Math.round(data.path("fraction").asDouble() * 100) + " %");
        }
        data.path("lines").forEach(line -> parts.add(line.asText()));
        return String.join(", ", parts);
    }

    private static String running(JsonNode facts) {
        String version = text(facts.path("version"), "value");
        return version.isEmpty() ? "an unknown version" : version;
    }

    private static String nowRuns(ObjectNode data) {
        return data.has("running") ? "; it runs " + running(data.path("running")) : "";
    }

    private static String reason(JsonNode data) {
        String reason = text(data, "reason");
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    private static String joined(JsonNode array, String separator) {
        List<String> all = new ArrayList<>();
        array.forEach(item -> all.add(item.asText()));
        return String.join(separator, all);
    }
}
