package io.upstep.planner.recipe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A platform's versions as nodes and its recipes as edges. A blocked edge wins over any recipe, and no edge jumps over a
 * required stop.
 */
record UpgradeGraph(KnownVersions versions, List<Recipe> recipes, List<Blocked> blocked, List<Stop> stops) {

    /**
     * An edge nobody may cross.
     *
     * @param unless when it may be crossed all the same, because the way its alternative describes was chosen; null: never
     */
    record Blocked(Recipe.Edge edge, Expression unless, PlatformSpec.BlockedEdge spec) {}

    /** Versions no edge may jump over. */
    record Stop(VersionRange at, PlatformSpec.RequiredStop spec) {}

    /** One edge crossed by one recipe. */
    record Hop(VersionNumber from, VersionNumber to, Recipe recipe) {}

    /** The edge on the way that is blocked. */
    record Obstacle(VersionNumber from, VersionNumber to, PlatformSpec.BlockedEdge spec) {}

    /**
     * This graph for somebody who has chosen parameters: what is blocked unless they are as they are is open.
     *
     * @throws CannotEvaluate if it cannot be told whether an edge is blocked
     */
    UpgradeGraph chosen(Scope scope) throws CannotEvaluate {
        List<Blocked> left = new ArrayList<>();
        for (Blocked block : blocked) {
            if (block.unless() == null || !block.unless().holds(scope)) {
                left.add(block);
            }
        }
        return new UpgradeGraph(versions, recipes, left, stops);
    }

    /**
     * The path with the fewest edges. Of several the one that gets as near to the target as possible with each edge; of
     * several recipes for one edge the first by name.
     */
    Optional<List<Hop>> path(VersionNumber from, VersionNumber to) {
        return shortest(from, to, this::isOpen).map(this::hops);
    }

    /** How to get to a version from nothing. */
    Optional<Hop> installation(VersionNumber to) {
        return recipes.stream()
                .filter(recipe -> recipe.installs(to))
                .findFirst()
                .map(recipe -> new Hop(VersionNumber.NONE, to, recipe));
    }

    /** When there is no path: the first blocked edge on the way there would be without it. */
    Optional<Obstacle> obstacle(VersionNumber from, VersionNumber to) {
        return shortest(from, to, (a, b) -> isOpen(a, b) || blockedBy(a, b).isPresent())
                .flatMap(this::firstBlocked);
    }

    Optional<PlatformSpec.BlockedEdge> blockedBy(VersionNumber from, VersionNumber to) {
        return blocked.stream()
                .filter(block -> block.edge().matches(from, to))
                .map(Blocked::spec)
                .findFirst();
    }

    /** The required stop at a version, if it is one. */
    Optional<PlatformSpec.RequiredStop> stopAt(VersionNumber version) {
        return stops.stream()
                .filter(stop -> stop.at().contains(version))
                .map(Stop::spec)
                .findFirst();
    }

    private boolean isOpen(VersionNumber from, VersionNumber to) {
        return recipeFor(from, to).isPresent() && blockedBy(from, to).isEmpty() && !jumpsStop(from, to);
    }

    private Optional<Recipe> recipeFor(VersionNumber from, VersionNumber to) {
        return recipes.stream().filter(recipe -> recipe.crosses(from, to)).findFirst();
    }

    private boolean jumpsStop(VersionNumber from, VersionNumber to) {
        return stops.stream()
                .filter(stop -> !stop.at().contains(from) && !stop.at().contains(to))
                .anyMatch(stop -> versions.listed().stream()
                        .anyMatch(node -> stop.at().contains(node) && from.isLowerThan(node) && node.isLowerThan(to)));
    }

    private Optional<List<VersionNumber>> shortest(
            VersionNumber from, VersionNumber to, BiPredicate<VersionNumber, VersionNumber> passable) {
        Map<VersionNumber, VersionNumber> cameFrom = new HashMap<>();
        Deque<VersionNumber> frontier = new ArrayDeque<>(List.of(from));
        List<VersionNumber> nodes = nodesTowards(from, to);
        while (!frontier.isEmpty()) {
            VersionNumber at = frontier.poll();
            for (VersionNumber next : nodes) {
                if (!cameFrom.containsKey(next) && isAhead(at, next, to) && passable.test(at, next)) {
                    cameFrom.put(next, at);
                    frontier.add(next);
                }
            }
            if (cameFrom.containsKey(to)) {
                return Optional.of(walkBack(cameFrom, from, to));
            }
        }
        return Optional.empty();
    }

    /** The versions between the two, nearest to the target first. Only released ones: nobody is sent through a candidate. */
    private List<VersionNumber> nodesTowards(VersionNumber from, VersionNumber to) {
        Comparator<VersionNumber> nearestFirst =
                from.isLowerThan(to) ? Comparator.reverseOrder() : Comparator.naturalOrder();
        List<VersionNumber> nodes = new ArrayList<>(List.of(to));
        versions.listed().stream()
                .filter(node -> !node.isPreRelease() && !node.equals(to) && isAhead(from, node, to))
                .sorted(nearestFirst)
                .forEach(nodes::add);
        return nodes;
    }

    private static boolean isAhead(VersionNumber at, VersionNumber next, VersionNumber to) {
        return at.isLowerThan(to)
                ? at.isLowerThan(next) && !to.isLowerThan(next)
                : next.isLowerThan(at) && !next.isLowerThan(to);
    }

    private static List<VersionNumber> walkBack(
            Map<VersionNumber, VersionNumber> cameFrom, VersionNumber from, VersionNumber to) {
        List<VersionNumber> path = new ArrayList<>();
        for (VersionNumber at = to; !at.equals(from); at = cameFrom.get(at)) {
            path.add(0, at);
        }
        path.add(0, from);
        return path;
    }

    private List<Hop> hops(List<VersionNumber> path) {
        List<Hop> hops = new ArrayList<>();
        for (int i = 1; i < path.size(); i++) {
            VersionNumber from = path.get(i - 1);
            VersionNumber to = path.get(i);
            hops.add(new Hop(from, to, recipeFor(from, to).orElseThrow()));
        }
        return hops;
    }

    private Optional<Obstacle> firstBlocked(List<VersionNumber> path) {
        for (int i = 1; i < path.size(); i++) {
            VersionNumber from = path.get(i - 1);
            VersionNumber to = path.get(i);
            Optional<PlatformSpec.BlockedEdge> block = blockedBy(from, to);
            if (block.isPresent()) {
                return Optional.of(new Obstacle(from, to, block.get()));
            }
        }
        return Optional.empty();
    }
}
