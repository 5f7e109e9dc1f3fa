package io.upstep.planner.plan;

import io.upstep.event.CheckSpec;
import java.util.List;

/** The answer to "how does this installation get there": a path, or why there is none. */
public sealed interface Resolution {

    /**
     * @param from the version it runs now
     * @param path the versions passed, first {@code from}, last the target
     * @param steps in the order they run, their parameters fully resolved
     * @param exit what must hold in the end
     * @param undone what must hold after the whole was taken back
     * @param recipeDigests {@code sha256:...} of every recipe file used, by its name: the plan runs these and no others
     * @param warnings what a person should know before starting
     * @param configuration what becomes of the platform's configuration, edge by edge
     */
    record Resolved(
            String from,
            List<String> path,
            List<PlannedStep> steps,
            List<CheckSpec> exit,
            List<CheckSpec> undone,
            java.util.Map<String, String> recipeDigests,
            List<String> warnings,
            List<ConfigurationChange> configuration)
            implements Resolution {

        /** One that leaves the configuration as it is. */
        public Resolved(
                String from,
                List<String> path,
                List<PlannedStep> steps,
                List<CheckSpec> exit,
                List<CheckSpec> undone,
                java.util.Map<String, String> recipeDigests,
                List<String> warnings) {
            this(from, path, steps, exit, undone, recipeDigests, warnings, List.of());
        }
    }

    record Refused(Refusal refusal) implements Resolution {}
}
