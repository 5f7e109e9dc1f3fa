package io.upstep.planner.plan;

import io.upstep.event.CheckSpec;
import java.util.List;
import java.util.Map;

/**
 * The resolved path of a plan, except its steps, which have a life of their own in {@link Step}.
 *
 * @param from the version it ran when planned
 * @param path the versions passed, first {@code from}, last the target
 * @param exit what must hold in the end
 * @param undone what must hold after a rollback
 * @param recipeDigests of every recipe file used, by its name
 * @param warnings what a person should know before starting
 * @param configuration what becomes of the platform's configuration, edge by edge
 */
public record Route(
        String from,
        List<String> path,
        List<CheckSpec> exit,
        List<CheckSpec> undone,
        Map<String, String> recipeDigests,
        List<String> warnings,
        List<ConfigurationChange> configuration) {
    public Route {
        undone = undone == null ? List.of() : List.copyOf(undone);
        configuration = configuration == null ? List.of() : List.copyOf(configuration);
    }

    static Route of(Resolution.Resolved resolved) {
        return new Route(
                resolved.from(),
                resolved.path(),
                resolved.exit(),
                resolved.undone(),
                resolved.recipeDigests(),
                resolved.warnings(),
                resolved.configuration());
    }
}
