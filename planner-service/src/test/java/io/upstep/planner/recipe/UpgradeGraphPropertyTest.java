package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.planner.recipe.UpgradeGraph.Hop;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the graph: a path found can be walked, and it is not found only when there is none. */
class UpgradeGraphPropertyTest {
    private static final int VERSIONS = 8;
    private static final List<VersionNumber> NODES = IntStream.rangeClosed(1, VERSIONS)
            .mapToObj(UpgradeGraphPropertyTest::version)
            .toList();

    @Property(tries = 500)
    void shouldChainItsEdgesAndCrossNoBlockedOneWhenAPathIsFound(
            @ForAll("graphs") UpgradeGraph graph,
            @ForAll("nodes") VersionNumber from,
            @ForAll("nodes") VersionNumber to) {
        graph.path(from, to).ifPresent(path -> {
            assertThat(path.get(0).from()).isEqualTo(from);
            assertThat(path.get(path.size() - 1).to()).isEqualTo(to);
            for (int i = 0; i < path.size(); i++) {
                Hop hop = path.get(i);
                assertThat(hop.recipe().crosses(hop.from(), hop.to())).isTrue();
                assertThat(graph.blockedBy(hop.from(), hop.to())).isEmpty();
                assertThat(jumpsAStop(graph, hop)).isFalse();
                assertThat(i == 0 || path.get(i - 1).to().equals(hop.from())).isTrue();
            }
        });
    }

    @Property(tries = 300)
    void shouldBeTheShortestWhenAPathIsFound(
            @ForAll("graphs") UpgradeGraph graph,
            @ForAll("nodes") VersionNumber from,
            @ForAll("nodes") VersionNumber to) {
        Integer shortest = bruteForce(graph, from, to);

        assertThat(graph.path(from, to).map(List::size))
                .isEqualTo(Optional.ofNullable(from.equals(to) ? null : shortest));
    }

    @Property(tries = 200)
    void shouldNameABlockedEdgeOnlyWhenThereIsNoPath(
            @ForAll("graphs") UpgradeGraph graph,
            @ForAll("nodes") VersionNumber from,
            @ForAll("nodes") VersionNumber to) {
        if (graph.path(from, to).isEmpty()) {
            graph.obstacle(from, to).ifPresent(found -> assertThat(graph.blockedBy(found.from(), found.to()))
                    .contains(found.spec()));
        }
    }

    @Property(tries = 200)
    void shouldFindTheSamePathWhenAskedAgain(
            @ForAll("graphs") UpgradeGraph graph,
            @ForAll("nodes") VersionNumber from,
            @ForAll("nodes") VersionNumber to) {
        assertThat(graph.path(from, to)).isEqualTo(graph.path(from, to));
    }

    @Provide
    Arbitrary<VersionNumber> nodes() {
        return Arbitraries.of(NODES);
    }

    @Provide
    Arbitrary<UpgradeGraph> graphs() {
        Arbitrary<List<Recipe>> recipes =
                edges().map(UpgradeGraphPropertyTest::recipe).list().ofMaxSize(8);
        Arbitrary<List<UpgradeGraph.Blocked>> blocked =
                edges().map(UpgradeGraphPropertyTest::blocked).list().ofMaxSize(3);
        Arbitrary<List<UpgradeGraph.Stop>> stops = Arbitraries.integers()
                .between(1, VERSIONS)
                .map(UpgradeGraphPropertyTest::stop)
                .list()
                .ofMaxSize(2);
        return Combinators.combine(recipes, blocked, stops)
                .as((r, b, s) -> new UpgradeGraph(new KnownVersions(NODES, null), r, b, s));
    }

    private static Arbitrary<Recipe.Edge> edges() {
        Arbitrary<VersionRange> ranges = Combinators.combine(
                        Arbitraries.integers().between(1, VERSIONS),
                        Arbitraries.integers().between(1, 3))
                .as((start, length) -> VersionRange.of(">=" + start + " <" + (start + length)));
        return Combinators.combine(ranges, ranges).as(Recipe.Edge::new);
    }

    /** Edges from here to there by trying them all; null when there is no way. */
    private static Integer bruteForce(UpgradeGraph graph, VersionNumber from, VersionNumber to) {
        if (from.equals(to)) {
            return 0;
        }
        Integer best = null;
        for (VersionNumber next : NODES) {
            boolean ahead = from.isLowerThan(to)
                    ? from.isLowerThan(next) && !to.isLowerThan(next)
                    : next.isLowerThan(from) && !next.isLowerThan(to);
            if (ahead && isOpen(graph, from, next)) {
                Integer rest = bruteForce(graph, next, to);
                best = rest == null || (best != null && best <= rest + 1) ? best : Integer.valueOf(rest + 1);
            }
        }
        return best;
    }

    private static boolean isOpen(UpgradeGraph graph, VersionNumber from, VersionNumber to) {
        return graph.blockedBy(from, to).isEmpty()
                && graph.recipes().stream()
                        .filter(recipe -> recipe.crosses(from, to))
                        .anyMatch(recipe -> !jumpsAStop(graph, new Hop(from, to, recipe)));
    }

    private static boolean jumpsAStop(UpgradeGraph graph, Hop hop) {
        return NODES.stream()
                .filter(node -> hop.from().isLowerThan(node) && node.isLowerThan(hop.to()))
                .anyMatch(node -> graph.stops().stream()
                        .anyMatch(stop -> stop.at().contains(node)
                                && !stop.at().contains(hop.from())
                                && !stop.at().contains(hop.to())));
    }

    private static VersionNumber version(int number) {
        return VersionNumber.parse(number + ".0.0").orElseThrow();
    }

    private static Recipe recipe(Recipe.Edge edge) {
        return new Recipe(
                edge.toString(),
                "",
                null,
                List.of(edge),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                List.of());
    }

    private static UpgradeGraph.Blocked blocked(Recipe.Edge edge) {
        return new UpgradeGraph.Blocked(
                edge,
                null,
                new PlatformSpec.BlockedEdge(
                        edge.from().text(), edge.to().text(), null, "reason", "alternative", "source"));
    }

    private static UpgradeGraph.Stop stop(int number) {
        String at = ">=" + number + " <" + (number + 1);
        return new UpgradeGraph.Stop(VersionRange.of(at), new PlatformSpec.RequiredStop(at, "reason", "source"));
    }
}
