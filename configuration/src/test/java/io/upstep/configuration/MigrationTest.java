package io.upstep.configuration;

import static io.upstep.configuration.Rules.lines;
import static io.upstep.configuration.Rules.migration;
import static io.upstep.configuration.Rules.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What each kind of rule does, and what it says about it. */
class MigrationTest {

    @Test
    void shouldMoveAndKeepOrderAndCommentsWhenThePlaceIsFree() {
        Result result = migration("{ move: nodeSelectors.core, to: nodeSelector }")
                .run("# mine\na: 1\n\n# where it runs\nnodeSelectors:\n  core:\n    disk: ssd # fast\nz: 'yes'\n");
        assertThat(result.config()).isEqualTo("# mine\na: 1\nnodeSelector:\n  disk: ssd # fast\nz: 'yes'\n");
        assertThat(lines(result))
                .containsExactly("kept: a", "moved: nodeSelectors.core.disk -> nodeSelector.disk", "kept: z");
        assertThat(result.report().notes())
                .containsExactly("Comments of these lines of the old document are not in the new one: 4.");
        assertThat(result.valid()).isTrue();
    }

    @Test
    void shouldMoveIntoItsOwnParentWhenNothingElseIsLeftThere() {
        Result result = migration(
                        "{ remove: tolerations.jobs, report: 'Enter it again.', where: web-ui }",
                        "{ move: tolerations.core, to: tolerations }")
                .run("tolerations:\n  core:\n    - key: a\n  jobs: []\nx: 1\n");
        assertThat(result.config()).isEqualTo("tolerations:\n  - key: a\nx: 1\n");
        assertThat(lines(result))
                .containsExactly(
                        "moved: tolerations.core.0.key -> tolerations.0.key",
                        "removed: tolerations.jobs [web-ui]: Enter it again.",
                        "kept: x");
    }

    @Test
    void shouldLeaveBothAndSaySoWhenAnotherValueIsThere() {
        Result result = migration("{ move: a.b, to: c }").run("a: {b: 1}\nc: 2\n");
        assertThat(result.config()).isEqualTo("a: {b: 1}\nc: 2\n");
        assertThat(lines(result)).containsExactly("conflict: a.b", "kept: c");
        assertThat(problems(result))
                .singleElement()
                .asString()
                .startsWith("error conflict at a.b (line 1): Expected 'c'");
        assertThat(result.valid()).isFalse();
    }
}
