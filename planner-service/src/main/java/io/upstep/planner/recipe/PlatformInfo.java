package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A platform as whoever plans an upgrade sees it.
 *
 * @param versions newest first; empty for a platform whose versions follow a pattern
 * @param versionPattern null for a platform whose versions are listed
 * @param problems why its files, as they are now, are not used, but the last ones that could be; empty if they are
 */
public record PlatformInfo(
        String name,
        String title,
        String description,
        List<String> versions,
        String versionPattern,
        String downgrade,
        List<FactInfo> facts,
        List<ParameterInfo> parameters,
        List<RecipeInfo> recipes,
        List<BlockedEdgeInfo> blocked,
        List<StopInfo> stops,
        List<RecipeProblem> problems) {

    public record FactInfo(String name, String type, String probe, String description) {}

    public record ParameterInfo(
            String name,
            String type,
            boolean required,
            JsonNode defaultValue,
            String description,
            List<String> oneOf) {}

    /** A recipe and the edges it crosses. */
    public record RecipeInfo(String file, String title, String source, String digest, List<EdgeInfo> edges) {}

    public record EdgeInfo(String from, String to) {}

    /** @param unless the condition on parameters under which it can be crossed all the same; null if there is none */
    public record BlockedEdgeInfo(
            String from, String to, String unless, String reason, String alternative, String source) {}

    public record StopInfo(String at, String reason, String source) {}

    static PlatformInfo of(Platform platform, List<RecipeProblem> problems) {
        PlatformSpec spec = platform.spec();
        return new PlatformInfo(
                spec.platform(),
                spec.title(),
                spec.description().strip(),
                platform.graph().versions().listed().stream()
                        .map(VersionNumber::text)
                        .toList(),
                spec.versions().pattern(),
                spec.downgrade().allowed(),
                spec.facts().entrySet().stream()
                        .map(fact -> new FactInfo(
                                fact.getKey(),
                                fact.getValue().type().word(),
                                fact.getValue().probe(),
                                fact.getValue().description()))
                        .toList(),
                spec.parameters().stream().map(PlatformInfo::parameter).toList(),
                platform.recipes().stream().map(PlatformInfo::recipe).toList(),
                spec.blocked().stream().map(PlatformInfo::blocked).toList(),
                spec.stops().stream()
                        .map(stop -> new StopInfo(stop.at(), stop.reason(), stop.source()))
                        .toList(),
                problems);
    }

    private static ParameterInfo parameter(PlatformSpec.ParameterDeclaration parameter) {
        return new ParameterInfo(
                parameter.name(),
                parameter.type().word(),
                parameter.required(),
                parameter.defaultValue(),
                parameter.description(),
                parameter.oneOf());
    }

    private static RecipeInfo recipe(Recipe recipe) {
        return new RecipeInfo(
                recipe.name(),
                recipe.spec().title(),
                recipe.spec().source(),
                recipe.digest(),
                recipe.spec().edge().stream()
                        .map(edge -> new EdgeInfo(edge.from(), edge.to()))
                        .toList());
    }

    static BlockedEdgeInfo blocked(PlatformSpec.BlockedEdge edge) {
        return new BlockedEdgeInfo(
                edge.from(), edge.to(), edge.unless(), edge.reason(), edge.alternative(), edge.source());
    }
}
