package io.upstep.planner.recipe;

import io.upstep.planner.plan.Refusal;
import java.util.List;

/**
 * Whether and how one version leads to another. What only a live installation can tell is listed, not judged.
 *
 * @param versions the versions passed; empty when there is no path
 * @param edges the edges crossed, in order; empty when there is no path
 * @param blocked the blocked edges between the two versions
 * @param refusal why there is no path, and what to do instead; null when there is one
 */
public record PathAnswer(
        String platform,
        String from,
        String to,
        boolean possible,
        List<String> versions,
        List<EdgeCrossed> edges,
        List<PlatformInfo.BlockedEdgeInfo> blocked,
        Refusal refusal) {

    /** @param stop why a path has to pass the version this edge leads to; null when it does not have to */
    public record EdgeCrossed(
            String from,
            String to,
            String recipe,
            String title,
            String source,
            String digest,
            String stop,
            List<ConditionToJudge> conditions,
            List<StepOutline> steps) {}

    /** Judged on the live installation when a plan is made. */
    public record ConditionToJudge(String is, String otherwise, String remedy) {}

    public record StepOutline(String id, String title, String action, String reversibility) {}

    static PathAnswer of(Platform platform, String from, String to) {
        try {
            Route route = route(platform, from, Route.target(platform, to));
            return new PathAnswer(
                    platform.name(),
                    from,
                    to,
                    true,
                    route.versions(),
                    route.hops().stream().map(hop -> edge(platform, hop)).toList(),
                    List.of(),
                    null);
        } catch (RefusedException e) {
            return new PathAnswer(
                    platform.name(), from, to, false, List.of(), List.of(), blocked(platform, from, to), e.refusal());
        }
    }

    /** @param from {@code none} where nothing is installed */
    private static Route route(Platform platform, String from, VersionNumber to) throws RefusedException {
        return from.equals(VersionNumber.NONE.text())
                ? Route.installing(platform, to)
                        .orElseThrow(() -> new RefusedException(Refusals.noPath(platform, VersionNumber.NONE, to)))
                : Route.find(platform, running(platform, from), to, mayGoBack(platform, to));
    }

    private static VersionNumber running(Platform platform, String from) throws RefusedException {
        return platform.graph()
                .versions()
                .find(from)
                .orElseThrow(() -> new RefusedException(
                        Refusals.versionUnknown(platform, from, null, "'" + from + "' is not one of its versions")));
    }

    /** A condition on parameters is judged when a plan is made; here it is enough that there can be a downgrade. */
    private static boolean mayGoBack(Platform platform, VersionNumber to) {
        try {
            return platform.downgradeAllowed().holds(Scope.empty().with("target", to.text()));
        } catch (CannotEvaluate e) {
            return true;
        }
    }

    private static List<PlatformInfo.BlockedEdgeInfo> blocked(Platform platform, String from, String to) {
        KnownVersions versions = platform.graph().versions();
        return versions.find(from)
                .flatMap(a -> versions.find(to).flatMap(b -> platform.graph().obstacle(a, b)))
                .map(obstacle -> List.of(PlatformInfo.blocked(obstacle.spec())))
                .orElse(List.of());
    }

    private static EdgeCrossed edge(Platform platform, UpgradeGraph.Hop hop) {
        RecipeSpec spec = hop.recipe().spec();
        return new EdgeCrossed(
                hop.from().text(),
                hop.to().text(),
                hop.recipe().name(),
                spec.title(),
                spec.source(),
                hop.recipe().digest(),
                platform.graph()
                        .stopAt(hop.to())
                        .map(PlatformSpec.RequiredStop::reason)
                        .orElse(null),
                spec.when().stream()
                        .map(when -> new ConditionToJudge(when.is(), when.otherwise(), when.remedy()))
                        .toList(),
                spec.steps().stream().map(PathAnswer::outline).toList());
    }

    private static StepOutline outline(RecipeSpec.Step step) {
        return new StepOutline(
                step.id(), step.title(), step.action(), step.reversibility().name());
    }
}
