package io.upstep.planner.recipe;

import java.util.List;

/**
 * A recipe ready to be used: its ranges read, its expressions and templates compiled.
 *
 * @param name its file, {@code <platform>/<file>.yaml}
 * @param configuration what it moves to the new version; null if it leaves the configuration as it is
 * @param installs the versions it brings to where nothing is installed
 */
record Recipe(
        String name,
        String digest,
        RecipeSpec spec,
        List<Edge> edges,
        List<VersionRange> installs,
        List<Condition> conditions,
        List<Warning> warnings,
        Configuration configuration,
        Shared shared,
        List<StepTemplate> steps,
        List<CheckTemplate> exit,
        List<CheckTemplate> undone) {

    boolean crosses(VersionNumber from, VersionNumber to) {
        return edges.stream().anyMatch(edge -> edge.matches(from, to));
    }

    boolean installs(VersionNumber to) {
        return installs.stream().anyMatch(range -> range.contains(to));
    }

    /** A set of edges of the graph: every pair of versions of the two ranges. */
    record Edge(VersionRange from, VersionRange to) {
        boolean matches(VersionNumber a, VersionNumber b) {
            return from.contains(a) && to.contains(b);
        }
    }

    /** Where the configuration that is moved comes from; {@code answers} is null if nobody gives any. */
    record Configuration(String document, Expression of, Expression answers) {}

    /** What must hold on the live installation, and what to say when it does not. */
    record Condition(Expression is, RecipeSpec.Condition spec) {}

    /** A sentence for people, and when it applies; {@code when} is null if always. */
    record Warning(Expression when, Template say, RecipeSpec.Warning spec) {}
}
