package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every edge of Polyaxon's two upgrade graphs, asked as a user would before anything is installed or looked at. */
class PolyaxonGraphTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // 0.4: helm upgrade to the latest, from where the guide goes on
        "polyaxon, 0.4.0 0.4.4, 0.x-in-place",
        "polyaxon, 0.4.2 0.4.4, 0.x-in-place",
        "polyaxon, 0.4.2 0.4.4 0.5.6, 0.x-in-place 0.x-by-teardown",
        "polyaxon, 0.4.4 0.5.0, 0.x-by-teardown",
        "polyaxon, 0.4.4 0.5.6, 0.x-by-teardown",
        // 0.5: in place; selectors change at 0.6.0, PostgreSQL at 0.6.1
        "polyaxon, 0.5.0 0.5.6, 0.x-in-place",
        "polyaxon, 0.5.1 0.5.2, 0.x-in-place",
        "polyaxon, 0.5.6 0.6.0, 0.x-by-teardown",
        "polyaxon, 0.6.0 0.6.1, 0.6.0-to-0.6.1",
        "polyaxon, 0.5.3 0.6.0 0.6.1, 0.x-by-teardown 0.6.0-to-0.6.1",
        "polyaxon, 0.4.4 0.6.0, 0.x-by-teardown",
        "polyaxon, 0.4.1 0.4.4 0.6.0 0.6.1, 0.x-in-place 0.x-by-teardown 0.6.0-to-0.6.1",
        // 1.x: any later version at once, also across the selectors of 1.1.1
        "polyaxon, 1.1.0 1.1.1, 1.x-to-1.y",
        "polyaxon, 1.1.0 1.20.0, 1.x-to-1.y",
        "polyaxon, 1.1.1 1.12.3, 1.x-to-1.y",
        "polyaxon, 1.10.1 1.20.0, 1.x-to-1.y",
        // 2.x: from the latest 1.x; PostgreSQL 15 from 2.0, 16 from 2.5, other definitions from 2.12
        "polyaxon, 1.20.0 2.0.4, 1.20-to-2.y",
        "polyaxon, 1.20.0 2.4.0, 1.20-to-2.y",
        "polyaxon, 1.10.1 1.20.0 2.0.4, 1.x-to-1.y 1.20-to-2.y",
        "polyaxon, 1.1.0 1.20.0 2.0.4, 1.x-to-1.y 1.20-to-2.y",
        "polyaxon, 1.20.0 2.4.0 2.5.0, 1.20-to-2.y 2.4-to-2.5",
        "polyaxon, 1.20.0 2.4.0 2.11.1 2.15.1, 1.20-to-2.y 2.4-to-2.5 2.x-to-2.y",
        "polyaxon, 2.0.0 2.0.4, 2.x-to-2.y",
        "polyaxon, 2.0.2 2.4.0, 2.x-to-2.y",
        "polyaxon, 2.0.4 2.5.0, 2.4-to-2.5",
        "polyaxon, 2.4.0 2.11.1, 2.4-to-2.5",
        "polyaxon, 2.5.0 2.11.1, 2.x-to-2.y",
        "polyaxon, 2.11.1 2.12.0, 2.x-to-2.y",
        "polyaxon, 2.5.0 2.15.1, 2.x-to-2.y",
        "polyaxon, 2.12.0 2.15.1, 2.x-to-2.y",
        "polyaxon, 2.3.0 2.11.1 2.12.0, 2.4-to-2.5 2.x-to-2.y",
        // installed anew
        "polyaxon, none 1.1.1, new-installation",
        "polyaxon, none 1.20.0, new-installation",
        "polyaxon, none 2.0.4, new-installation",
        "polyaxon, none 2.15.1, new-installation",
        // agents: any 1.x from any 1.x
        "polyaxon-agent, 1.1.0 1.20.0, 1.x-to-1.y",
        "polyaxon-agent, 1.20.0 1.1.0, 1.x-to-1.y",
        "polyaxon-agent, 1.20.0 1.10.1, 1.x-to-1.y",
        "polyaxon-agent, 1.20.0 2.0.0, 1.20-to-2.y",
        "polyaxon-agent, 1.20.0 2.0.4, 1.20-to-2.y",
        "polyaxon-agent, 1.10.1 1.20.0 2.0.4, 1.x-to-1.y 1.20-to-2.y",
        "polyaxon-agent, 1.20.0 2.11.1 2.15.1, 1.20-to-2.y 2.x-to-2.y",
        "polyaxon-agent, 2.0.0 2.15.1, 2.x-to-2.y",
        "polyaxon-agent, 2.11.1 2.12.0, 2.x-to-2.y",
    })
    void shouldCrossTheseEdgesByTheseRecipesWhenThereIsAWay(String platform, String versions, String recipes) {
        new Paths(platform).assertCrossed(versions, recipes);
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @CsvSource({
        // 0.x to 1 and later: blocked in place, with the new one beside it as the alternative
        "polyaxon, 0.4.2, 1.20.0, blocked-edge, not backward compatible with v0, new release name",
        "polyaxon, 0.4.4, 2.0.4, blocked-edge, not backward compatible with v0, new release name",
        "polyaxon, 0.5.6, 1.1.0, blocked-edge, not backward compatible with v0, empty database",
        "polyaxon, 0.6.1, 1.20.0, blocked-edge, not backward compatible with v0, empty database",
        "polyaxon, 0.6.1, 2.15.1, blocked-edge, not backward compatible with v0, 0.6.1 can be reached in place",
        // 2.0.0 to 2.0.3 bring a Redis and a RabbitMQ whatever the values say
        "polyaxon, 1.20.0, 2.0.0, blocked-edge, Redis and a RabbitMQ, Choose 2.0.4 or later",
        "polyaxon, 1.20.0, 2.0.3, blocked-edge, Redis and a RabbitMQ, Choose 2.0.4 or later",
        "polyaxon, 1.10.1, 2.0.1, blocked-edge, Redis and a RabbitMQ, Choose 2.0.4 or later",
        "polyaxon, none, 2.0.3, no-path, recipes begin at 0.4, choose 0.4.4",
        // within 0.4 only to the latest, and nothing from before it
        "polyaxon, 0.4.2, 0.4.3, no-path, within 0.4 they lead only to 0.4.4, choose 0.4.4",
        "polyaxon, 0.3.9, 0.4.4, no-path, recipes begin at 0.4, upgrade by hand to 0.4.4",
        "polyaxon, 0.3.9, 0.5.6, no-path, recipes begin at 0.4, upgrade by hand to 0.4.4",
        "polyaxon, none, 0.5.6, no-path, recipes begin at 0.4, choose 0.4.4",
        // never back, as the community edition cannot migrate its database back
        "polyaxon, 0.5.6, 0.4.4, downgrade, migrates its database, Roll back the plan",
        "polyaxon, 0.6.1, 0.6.0, downgrade, migrates its database, Roll back the plan",
        "polyaxon, 1.20.0, 1.19.0, downgrade, migrates its database, Roll back the plan",
        "polyaxon, 1.1.1, 1.1.0, downgrade, migrates its database, Roll back the plan",
        "polyaxon, 2.0.4, 1.20.0, downgrade, migrates its database, restore the backup",
        "polyaxon, 2.5.0, 2.4.0, downgrade, migrates its database, restore the backup",
        "polyaxon, 2.12.0, 2.11.1, downgrade, migrates its database, restore the backup",
        "polyaxon-agent, 2.0.4, 1.20.0, blocked-edge, gateway and streams became one, an agent keeps nothing",
        "polyaxon-agent, 2.4.0, 2.1.0, downgrade, only within 1.x, an agent keeps nothing",
        // questions that have no answer
        "polyaxon, 1.20.0, 1.20, already-there, already runs 1.20.0, Nothing",
        "polyaxon, 1.20.0, 1.22.0, target-unknown, no version '1.22.0', Choose a known version",
        "polyaxon, 1.21.0, 2.0.4, version-unknown, '1.21.0' is not one of its versions, Upgrade it by hand",
        "polyaxon-agent, 0.6.1, 1.20.0, version-unknown, '0.6.1' is not one of its versions, Upgrade it by hand",
    })
    void shouldSayWhyNotAndWhatInsteadWhenThereIsNoWay(
            String platform, String from, String to, String code, String reason, String alternative) {
        PathAnswer answer = new Paths(platform).assertRefused(from, to, code, reason, alternative);

        assertThat(answer.blocked()).hasSize(code.equals("blocked-edge") ? 1 : 0);
    }

    @ParameterizedTest(name = "{0} stops at {2}")
    @CsvSource({
        "polyaxon, 0.4.2, 0.4.4, 0.6.1, latest 0.4",
        "polyaxon, 0.5.6, 0.6.0, 0.6.1, PostgreSQL 9.6",
        "polyaxon, 1.10.1, 1.20.0, 2.0.4, latest 1.x",
        "polyaxon, 1.20.0, 2.4.0, 2.15.1, goes to 15",
        "polyaxon, 2.0.4, 2.11.1, 2.15.1, goes to 16 at 2.5.0",
        "polyaxon-agent, 1.20.0, 2.11.1, 2.15.1, definition of operations",
    })
    void shouldSayWhyWhenAPathStopsOnTheWay(String platform, String from, String at, String to, String reason) {
        assertThat(new Paths(platform).path(from, to).edges())
                .filteredOn(edge -> edge.to().equals(at))
                .singleElement()
                .satisfies(edge -> assertThat(edge.stop()).contains(reason));
    }

    /** No pair is guessed, and none is left without an explanation. One version of each stretch between two changes. */
    @ParameterizedTest
    @CsvSource({
        "polyaxon, none 0.3.9 0.4.2 0.4.4 0.5.1 0.5.6 0.6.0 0.6.1 1.1.0 1.1.1 1.12.3 1.20.0 2.0.3 2.0.4 2.4.0 2.5.0 2.11.1 2.12.0 2.15.1",
        "polyaxon-agent, none 1.1.0 1.1.1 1.20.0 2.0.0 2.11.1 2.12.0 2.15.1",
    })
    void shouldExplainItselfForEveryPairOfVersions(String platform, String versions) {
        for (String from : versions.split(" ")) {
            for (String to : versions.replace("none ", "").split(" ")) {
                requireExplained(new Paths(platform).path(from, to));
            }
        }
    }

    private static void requireExplained(PathAnswer answer) {
        if (answer.possible()) {
            assertThat(answer.edges()).hasSize(answer.versions().size() - 1);
        } else {
            assertThat(answer.refusal().detail())
                    .as(answer.from() + " to " + answer.to())
                    .isNotBlank();
            assertThat(answer.refusal().remedy())
                    .as(answer.from() + " to " + answer.to())
                    .isNotBlank();
        }
    }
}
