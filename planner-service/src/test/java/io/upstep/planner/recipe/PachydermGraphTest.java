package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every edge of Pachyderm's upgrade graph, asked as a user would before anything is installed or looked at. */
class PachydermGraphTest {
    private final Paths paths = new Paths("pachyderm");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // within a minor version
        "1.6.0 1.6.10, same-minor",
        "1.6.9 1.6.10, same-minor",
        "1.7.0 1.7.11, same-minor",
        "1.7.3 1.7.14, same-minor",
        "1.8.0 1.8.8, same-minor",
        "1.9.0 1.9.12, same-minor",
        "1.10.0 1.10.5, same-minor",
        "1.11.0 1.11.9, same-minor",
        "1.12.0 1.12.5, same-minor",
        "1.13.0 1.13.4, same-minor",
        // 1.7 only from 1.6.10
        "1.6.10 1.7.0, to-next-minor",
        "1.6.10 1.7.11, to-next-minor",
        "1.6.9 1.6.10 1.7.11, same-minor to-next-minor",
        "1.6.0 1.6.10 1.7.0, same-minor to-next-minor",
        // simple again from 1.11 on
        "1.11.9 1.12.5, to-next-minor",
        "1.12.0 1.13.4, to-next-minor",
        "1.11.0 1.12.5 1.13.4, to-next-minor to-next-minor",
        // beside an older one
        "none 1.8.0, migration",
        "none 1.8.3, migration",
        "none 1.8.8, migration",
        "none 1.9.12, migration",
        "none 1.10.5, migration",
        "none 1.11.9, migration",
    })
    void shouldCrossTheseEdgesByTheseRecipesWhenThereIsAWay(String versions, String recipes) {
        paths.assertCrossed(versions, recipes);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1.7.11 | 1.8.8 | blocked-edge | stores its metadata differently | migrateFrom",
                "1.7.11 | 1.8.0 | blocked-edge | in place is not supported | 1.8.8 is best",
                "1.6.9 | 1.8.8 | blocked-edge | stores its metadata differently | new, empty namespace",
                "1.6.10 | 1.9.0 | blocked-edge | stores its metadata differently | bucketCloned",
                "1.7.0 | 1.13.4 | blocked-edge | stores its metadata differently | fresh etcd",
                "1.8.8 | 1.9.0 | blocked-edge | may corrupt data | a plan for a 1.9",
                "1.8.8 | 1.13.0 | blocked-edge | may corrupt data | a plan for a 1.9",
                "1.9.12 | 1.10.0 | blocked-edge | may corrupt data | a plan for a 1.10",
                "1.10.5 | 1.11.0 | blocked-edge | may corrupt data | 1.12 and 1.13 are reached in place",
                "1.10.5 | 1.12.0 | blocked-edge | may corrupt data | a plan for a 1.11",
                "1.13.4 | 2.0.0 | blocked-edge | PostgreSQL | Pachyderm's own migration",
                "1.11.0 | 2.0.8 | blocked-edge | Helm chart | Upgrade to 1.13.4",
                "1.7.11 | 1.7.3 | downgrade | older pachd | Roll back the plan",
                "1.8.8 | 1.7.11 | downgrade | older pachd | Roll back the plan",
                "1.7.11 | 1.7.11 | already-there | already runs | Nothing",
                "none | 1.7.11 | no-path | a new installation is only made | Below 1.6",
                "none | 1.12.0 | no-path | a new installation is only made | Below 1.6",
                "2.0.0 | 2.0.1 | no-path | end at 1.13 | its Helm chart",
                "1.5.3 | 1.6.10 | version-unknown | '1.5.3' is not one of its versions | Upgrade it by hand",
                "1.7.11 | 1.7.99 | target-unknown | no version '1.7.99' | Choose a known version",
            })
    void shouldSayWhyNotAndWhatInsteadWhenThereIsNoWay(
            String from, String to, String code, String reason, String alternative) {
        paths.assertRefused(from, to, code, reason, alternative);
    }

    @Test
    void shouldSayWhyItStopsAtTheLast16() {
        assertThat(paths.path("1.6.2", "1.7.5").edges())
                .filteredOn(edge -> edge.to().equals("1.6.10"))
                .singleElement()
                .satisfies(edge -> assertThat(edge.stop()).contains("extracted and restored"));
    }

    @Test
    void shouldExplainItselfForEveryPairOfVersions() {
        List<String> versions = List.of(
                "none", "1.6.9", "1.6.10", "1.7.0", "1.8.2", "1.8.8", "1.9.0", "1.10.0", "1.11.0", "1.12.0", "1.13.4",
                "2.0.0");
        for (String from : versions) {
            for (String to : versions.subList(1, versions.size())) {
                PathAnswer answer = paths.path(from, to);
                if (!answer.possible()) {
                    assertThat(answer.refusal().detail()).as(from + " to " + to).isNotBlank();
                    assertThat(answer.refusal().remedy()).as(from + " to " + to).isNotBlank();
                }
            }
        }
    }
}
