package io.upstep.standalone.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Where a plan is: its status, and while it works that of the step under way. */
record Moment(String text) {
    static final Moment UNKNOWN = new Moment("not seen");

    /** What faults are to hit. */
    static final List<Moment> WANTED = List.of(
            new Moment("OBSERVING"),
            new Moment("PLANNED"),
            new Moment("RUNNING/REQUESTED"),
            new Moment("RUNNING/RUNNING"),
            new Moment("RUNNING/VERIFYING"),
            new Moment("RUNNING/RETRYING"),
            new Moment("RUNNING/STOPPING"),
            new Moment("PAUSED"),
            new Moment("VERIFYING"),
            new Moment("ROLLING_BACK/REQUESTED"),
            new Moment("ROLLING_BACK/RUNNING"),
            new Moment("ROLLING_BACK/VERIFYING"));

    private static final Set<String> TERMINAL =
            Set.of("REFUSED", "SUCCEEDED", "FAILED", "CANCELLED", "ROLLED_BACK", "ABANDONED");
    private static final Set<String> WORKING = Set.of("RUNNING", "ROLLING_BACK");
    private static final List<String> UNDER_WAY =
            List.of("STOPPING", "VERIFYING", "RUNNING", "REQUESTED", "RETRYING", "FAILED");

    static Moment of(JsonNode plan) {
        String status = plan.path("status").asText();
        if (!WORKING.contains(status)) {
            return new Moment(status);
        }
        for (String each : UNDER_WAY) {
            for (JsonNode step : plan.path("steps")) {
                if (step.path("status").asText().equals(each)) {
                    return new Moment(status + "/" + each);
                }
            }
        }
        return new Moment(status + "/BETWEEN");
    }

    static boolean isOver(JsonNode plan) {
        return TERMINAL.contains(plan.path("status").asText());
    }

    /** Whether a plan that works has to come to the end of a step first. */
    boolean isFar() {
        return is("PAUSED") || is("ROLLING_BACK") || is("PLANNED") || is("OBSERVING");
    }

    boolean isOver() {
        return TERMINAL.contains(text);
    }

    boolean is(String status) {
        return text.startsWith(status);
    }
}
