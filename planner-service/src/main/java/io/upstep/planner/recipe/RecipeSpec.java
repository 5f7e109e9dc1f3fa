package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.TimeLimits;
import io.upstep.planner.plan.PlannedStep.Reversibility;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** A recipe as it is written; what each key means stands in recipe.schema.json. */
record RecipeSpec(
        String title,
        String source,
        List<EdgeRange> edge,
        List<Condition> when,
        List<Warning> warnings,
        Configuration configuration,
        LinkedHashMap<String, JsonNode> shared,
        List<Step> steps,
        List<Check> exit,
        List<Check> undone) {
    private static final int DEFAULT_MAX_ATTEMPTS = 3;

    RecipeSpec {
        shared = shared == null ? new LinkedHashMap<>() : shared;
        when = when == null ? List.of() : List.copyOf(when);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        undone = undone == null ? List.of() : List.copyOf(undone);
    }

    /** @param from a range, or {@code none}: nothing is installed yet */
    record EdgeRange(String from, String to) {
        static final String NONE = "none";

        boolean installs() {
            return NONE.equals(from);
        }
    }

    /**
     * @param of a CEL expression for the configuration as it is
     * @param answers a CEL expression for the values that a person gives; null for none
     */
    record Configuration(String document, String of, String answers) {
        Configuration {
            document = document == null ? "values" : document;
        }
    }

    record Condition(String is, String otherwise, String remedy, String source) {}

    record Warning(String when, String say) {}

    record Check(String check, ObjectNode with, Duration within, String when) {}

    record Step(
            String id,
            String title,
            String source,
            String when,
            String action,
            ObjectNode with,
            List<Check> checks,
            Reversibility reversibility,
            Integer maxAttempts,
            Limits limits,
            Duration expected,
            Undo undo,
            String restorePoint,
            List<String> needs,
            String noRestorePoint) {
        Step {
            needs = needs == null ? List.of() : List.copyOf(needs);
            checks = checks == null ? List.of() : List.copyOf(checks);
            maxAttempts = maxAttempts == null ? DEFAULT_MAX_ATTEMPTS : maxAttempts;
            limits = limits == null ? Limits.NONE : limits;
        }
    }

    record Undo(
            String nothing,
            String title,
            String action,
            ObjectNode with,
            List<Check> checks,
            Integer maxAttempts,
            Limits limits,
            Duration expected) {
        Undo {
            checks = checks == null ? List.of() : List.copyOf(checks);
            maxAttempts = maxAttempts == null ? DEFAULT_MAX_ATTEMPTS : maxAttempts;
            limits = limits == null ? Limits.NONE : limits;
        }

        boolean isNothing() {
            return nothing != null;
        }
    }

    record Limits(Duration queue, Duration start, Duration heartbeat, Duration total) {
        private static final Limits NONE = new Limits(null, null, null, null);

        TimeLimits orDefault() {
            return new TimeLimits(
                    queue == null ? TimeLimits.DEFAULT.queue() : queue,
                    start == null ? TimeLimits.DEFAULT.start() : start,
                    heartbeat == null ? TimeLimits.DEFAULT.heartbeat() : heartbeat,
                    total == null ? TimeLimits.DEFAULT.total() : total);
        }

        /** @throws FaultException unless all that is said is longer than nothing */
        TimeLimits checked() {
            for (Duration limit : new Duration[] {queue, start, heartbeat, total}) {
                if (limit != null && (limit.isZero() || limit.isNegative())) {
                    throw new FaultException(
                            FaultCode.INVALID_LIMITS,
                            "limits longer than nothing",
                            limit.toString(),
                            "leave it out for the default, or write for example PT5M");
                }
            }
            return orDefault();
        }
    }
}
