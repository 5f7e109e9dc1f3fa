package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every edge of ClearML's upgrade graph, asked as a user would before anything is installed or looked at. */
class ClearmlGraphTest {
    private final Catalogue catalogue = Recipes.builtIn();
    private final Paths paths = new Paths("clearml");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // Elasticsearch 5.6 to 7.6
        "0.9.0 0.16.0, 0.15-to-0.16",
        "0.14.1 0.16.1, 0.15-to-0.16",
        "0.15.1 0.16.0, 0.15-to-0.16",
        // Trains becomes ClearML
        "0.16.0 0.16.1, servers-only",
        "0.16.1 0.17.0, 0.16-to-0.17",
        "0.15.0 0.16.1 0.17.0, 0.15-to-0.16 0.16-to-0.17",
        "0.17.0 1.0.2, servers-only",
        "0.17.0 1.1.1, servers-only",
        "1.1.0 1.2.0, servers-only",
        // MongoDB 3.6 to 4.4
        "1.1.1 1.3.1, 1.1-to-1.3",
        "1.2.0 1.3.0, 1.1-to-1.3",
        "1.0.0 1.1.1 1.3.1, servers-only 1.1-to-1.3",
        // with their databases
        "1.3.0 1.9.2, servers-only",
        "1.9.2 1.12.0, with-databases",
        "1.3.1 1.16.2, with-databases",
        "1.16.0 1.17.0, with-databases",
        "1.17.1 2.0.0, with-databases",
        "1.9.2 1.16.2 1.17.1 2.0.0, with-databases with-databases with-databases",
        "1.16.2 1.17.1 2.0.0, with-databases with-databases",
        "0.15.1 0.16.1 0.17.0 1.1.1 1.3.1 1.16.2 1.17.1 2.0.0, 0.15-to-0.16 0.16-to-0.17 servers-only 1.1-to-1.3"
                + " with-databases with-databases with-databases",
    })
    void shouldCrossTheseEdgesByTheseRecipesWhenThereIsAWay(String versions, String recipes) {
        paths.assertCrossed(versions, recipes);
    }

    @ParameterizedTest(name = "{0} to {2} stops at {1}")
    @CsvSource({
        "0.15.1, 0.16.1, 1.0.0, Elasticsearch 5.6 to 7.6",
        "0.15.1, 0.17.0, 1.0.0, another node label",
        "0.17.0, 1.1.1, 1.4.0, MongoDB 3.6",
        "0.17.0, 1.3.1, 1.4.0, mongo_4",
        "1.9.2, 1.16.2, 1.17.0, latest 1.16",
        "1.16.0, 1.17.1, 2.0.0, MongoDB goes to 5.0",
    })
    void shouldSayWhyWhenAPathStopsOnTheWay(String from, String at, String to, String reason) {
        assertThat(paths.path(from, to).edges())
                .filteredOn(edge -> edge.to().equals(at))
                .singleElement()
                .satisfies(edge -> assertThat(edge.stop()).contains(reason));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "0.16.0, 0.15.1, downgrade, has no way back, Roll back the plan",
        "1.3.0, 1.2.0, downgrade, has no way back, restore the archives",
        "2.0.0, 1.17.1, downgrade, has no way back, restore the archives",
        "none, 2.0.0, no-path, from 0.9 to 2.0, Helm chart of 1.0 or later",
        "0.16.0, 2.1.0, target-unknown, no version '2.1.0', Choose a known version",
        "0.8.0, 0.16.0, version-unknown, '0.8.0' is not one of its versions, by hand",
    })
    void shouldSayWhyNotAndWhatInsteadWhenThereIsNoWay(
            String from, String to, String code, String reason, String alternative) {
        paths.assertRefused(from, to, code, reason, alternative);
    }

    /** Edges that nobody may cross at once; those who ask are led by way of what must come before. */
    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "0.15.1, 0.17.0, Elasticsearch 5.6 indices cannot be read by 7.6",
        "0.15.1, 2.0.0, Elasticsearch 5.6 indices cannot be read by 7.6",
        "0.17.0, 1.4.0, Its MongoDB is 3.6",
        "1.2.0, 1.16.0, Its MongoDB is 3.6",
        "1.16.2, 2.0.0, starts only on what was set to compatibility 5.0",
        "1.9.0, 2.0.0, starts only on what was set to compatibility 5.0",
    })
    void shouldKnowWhatIsBlockedAndLeadAroundIt(String from, String to, String reason) {
        assertThat(catalogue.platform("clearml").orElseThrow().blocked())
                .filteredOn(block -> VersionRange.of(block.from())
                                .contains(VersionNumber.parse(from).orElseThrow())
                        && VersionRange.of(block.to())
                                .contains(VersionNumber.parse(to).orElseThrow()))
                .anySatisfy(block -> assertThat(block.reason()).contains(reason));
        assertThat(paths.path(from, to).edges()).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings =
                    "none 0.9.0 0.15.1 0.16.0 0.16.1 0.17.0 1.0.0 1.1.1 1.2.0 1.3.0 1.4.0 1.11.0 1.12.0 1.15.0 1.16.2 1.17.0 1.17.1 2.0.0")
    void shouldExplainItselfForEveryPairOfVersions(String versions) {
        for (String from : versions.split(" ")) {
            for (String to : versions.replace("none ", "").split(" ")) {
                PathAnswer answer = paths.path(from, to);
                if (answer.possible()) {
                    assertThat(answer.edges()).hasSize(answer.versions().size() - 1);
                } else {
                    assertThat(answer.refusal().detail()).isNotBlank();
                    assertThat(answer.refusal().remedy()).isNotBlank();
                }
            }
        }
    }
}
