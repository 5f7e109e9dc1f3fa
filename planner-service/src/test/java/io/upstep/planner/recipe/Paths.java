package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** A platform's paths, asked as a user would before anything is installed or looked at, and what every answer must hold. */
record Paths(String platform) {

    PathAnswer path(String from, String to) {
        return Recipes.builtIn().path(platform, from, to).orElseThrow();
    }

    /**
     * The way from the first to the last of these versions leads by all of them, and says of each condition why and what to do.
     *
     * @param recipes the names of the recipes that cross the edges, in order
     */
    void assertCrossed(String versions, String recipes) {
        List<String> passed = List.of(versions.split(" "));

        PathAnswer answer = path(passed.get(0), passed.get(passed.size() - 1));

        assertThat(answer.refusal()).as(() -> answer.refusal().detail()).isNull();
        assertThat(answer.versions()).containsExactlyElementsOf(passed);
        assertThat(answer.edges())
                .extracting(edge -> edge.recipe().replaceAll(".*/|[.]yaml", ""))
                .containsExactly(recipes.split(" "));
        assertThat(answer.edges()).allSatisfy(edge -> {
            assertThat(edge.title()).isNotBlank();
            assertThat(edge.source()).isNotBlank();
            assertThat(edge.digest()).startsWith("sha256:");
            assertThat(edge.conditions()).isNotEmpty().allSatisfy(condition -> {
                assertThat(condition.otherwise()).isNotBlank();
                assertThat(condition.remedy()).isNotBlank();
            });
            assertThat(edge.steps()).isNotEmpty();
        });
    }

    PathAnswer assertRefused(String from, String to, String code, String reason, String alternative) {
        PathAnswer answer = path(from, to);

        assertThat(answer.possible()).isFalse();
        assertThat(answer.edges()).isEmpty();
        assertThat(answer.refusal().code()).isEqualTo(code);
        assertThat(answer.refusal().detail()).contains(reason);
        assertThat(answer.refusal().remedy()).contains(alternative);
        return answer;
    }
}
