package io.upstep.planner.recipe;

import java.util.List;
import java.util.Optional;

/** The way from one version of a platform to another, before any installation is looked at. */
record Route(VersionNumber from, VersionNumber to, List<UpgradeGraph.Hop> hops) {

    /**
     * @param mayGoBack whether a lower target is acceptable
     * @throws RefusedException why there is no way
     */
    static Route find(Platform platform, VersionNumber from, VersionNumber to, boolean mayGoBack)
            throws RefusedException {
        if (from.isSameAs(to)) {
            throw new RefusedException(Refusals.alreadyThere(from));
        }
        if (to.isLowerThan(from) && !mayGoBack) {
            throw new RefusedException(Refusals.downgrade(platform, from, to));
        }
        UpgradeGraph graph = platform.graph();
        Optional<List<UpgradeGraph.Hop>> path = graph.path(from, to);
        if (path.isPresent()) {
            return new Route(from, to, path.get());
        }
        throw new RefusedException(
                graph.obstacle(from, to).map(Refusals::blocked).orElseGet(() -> Refusals.noPath(platform, from, to)));
    }

    /** The way to a version where nothing is installed; empty when no recipe goes it. */
    static Optional<Route> installing(Platform platform, VersionNumber to) {
        return platform.graph().installation(to).map(hop -> new Route(hop.from(), to, List.of(hop)));
    }

    static VersionNumber target(Platform platform, String text) throws RefusedException {
        return platform.graph()
                .versions()
                .find(text)
                .orElseThrow(() -> new RefusedException(Refusals.targetUnknown(platform, text)));
    }

    /** The versions passed, the first and the last among them. */
    List<String> versions() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(from.text()),
                        hops.stream().map(hop -> hop.to().text()))
                .toList();
    }
}
