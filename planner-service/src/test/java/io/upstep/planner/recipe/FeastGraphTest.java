package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every edge of Feast's upgrade graph, asked as a user would before anything is installed or looked at. */
class FeastGraphTest {
    private final Paths paths = new Paths("feast");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0.4.0 0.4.7, within-a-minor",
        "0.5.0 0.5.1, within-a-minor",
        "0.6.0 0.6.2, within-a-minor",
        "0.6.1 0.6.2, within-a-minor",
        "0.7.0 0.7.2, within-a-minor",
        "0.8.0 0.8.4, within-a-minor",
        "0.9.0 0.9.5, within-a-minor",
        "0.5.0 0.6.0, 0.5-to-0.6",
        "0.5.1 0.6.1, 0.5-to-0.6",
        "0.5.1 0.6.2, 0.5-to-0.6",
        "0.6.2 0.7.0, 0.6-to-0.7",
        "0.6.0 0.7.2, 0.6-to-0.7",
        "0.5.1 0.6.2 0.7.2, 0.5-to-0.6 0.6-to-0.7",
    })
    void shouldCrossTheseEdgesByTheseRecipesWhenThereIsAWay(String versions, String recipes) {
        paths.assertCrossed(versions, recipes);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        // below 0.5: never on the same database
        "0.4.7, 0.6.2, blocked-edge, text keys with versions, newDatabaseName",
        "0.4.0, 0.6.0, blocked-edge, completely empty database is required, register it again",
        "0.4.7, 0.5.1, blocked-edge, neither moves the data of 0.4, Go to 0.6 instead",
        "0.4.7, 0.7.0, blocked-edge, text keys with versions, newDatabaseName",
        "0.3.8, 0.6.2, no-path, recipes begin at 0.4, install 0.6 or later anew",
        "0.3.8, 0.4.7, no-path, recipes begin at 0.4, install 0.6 or later anew",
        // 0.8: feature tables in the place of feature sets
        "0.7.2, 0.8.0, blocked-edge, carry nothing over, Install it beside",
        "0.6.2, 0.9.5, blocked-edge, carry nothing over, Up to 0.7 can be reached in place",
        "0.5.1, 0.8.4, blocked-edge, carry nothing over, Install it beside",
        "0.8.4, 0.9.0, no-path, within each minor version, choose a version of the same minor",
        // 0.10: another product
        "0.9.5, 0.10.0, blocked-edge, another product, new feature repository",
        "0.6.2, 0.10.0, blocked-edge, another product, new feature repository",
        // never back
        "0.6.2, 0.5.1, downgrade, 0.5 cannot read what 0.6 has made, Roll back the plan",
        "0.6.2, 0.6.1, downgrade, no way to migrate it back, restore the backup",
        "0.7.0, 0.6.2, downgrade, no way to migrate it back, restore the backup",
        // questions that have no answer
        "0.6.2, 0.6.2, already-there, already runs 0.6.2, Nothing",
        "0.5.1, 0.6.9, target-unknown, no version '0.6.9', Choose a known version",
        "0.5.7, 0.6.2, version-unknown, '0.5.7' is not one of its versions, Upgrade it by hand",
        "none, 0.6.2, no-path, recipes begin at 0.4, install 0.6 or later anew",
    })
    void shouldSayWhyNotAndWhatInsteadWhenThereIsNoWay(
            String from, String to, String code, String reason, String alternative) {
        PathAnswer answer = paths.assertRefused(from, to, code, reason, alternative);

        assertThat(answer.blocked()).hasSize(code.equals("blocked-edge") ? 1 : 0);
    }

    /** No pair is guessed, and none is left without an explanation. One version of each stretch between two changes. */
    @ParameterizedTest
    @ValueSource(strings = "none 0.3.8 0.4.0 0.4.7 0.5.0 0.5.1 0.6.0 0.6.1 0.6.2 0.7.0 0.7.2 0.8.0 0.8.4 0.9.5 0.10.0")
    void shouldExplainItselfForEveryPairOfVersions(String versions) {
        for (String from : versions.split(" ")) {
            for (String to : versions.replace("none ", "").split(" ")) {
                PathAnswer answer = paths.path(from, to);
                if (answer.possible()) {
                    assertThat(answer.edges()).hasSize(answer.versions().size() - 1);
                } else {
                    assertThat(answer.refusal().detail()).as(from + " to " + to).isNotBlank();
                    assertThat(answer.refusal().remedy()).as(from + " to " + to).isNotBlank();
                }
            }
        }
    }
}
