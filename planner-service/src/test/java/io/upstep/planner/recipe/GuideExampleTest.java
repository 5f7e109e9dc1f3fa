package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Fact;
import io.upstep.planner.plan.Refusal;
import io.upstep.planner.plan.Resolution.Refused;
import io.upstep.planner.plan.Resolution.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads the example of the guide as it is printed there, and holds the guide to what it says about it. */
class GuideExampleTest {
    private static final Path GUIDE = Path.of("../docs/guide/recipes.md");
    private static final Pattern FILE = Pattern.compile("(?s)```yaml\n# (guestbook/\\S+)\n(.*?)```");
    private static final Map<String, Fact> RUNNING = Recipes.facts(
            "installed", "true",
            "version", "\"1.1.0\"",
            "databaseVolume", "persistentVolumeClaim",
            "image", "registry.example:5000/guestbook:1.1.0");

    private Catalogue catalogue;

    @BeforeEach
    void loadTheGuide() throws IOException {
        List<RecipeFile> files = FILE.matcher(Files.readString(GUIDE))
                .results()
                .map(file -> new RecipeFile(file.group(1), file.group(2), RecipeFile.Origin.USER))
                .toList();
        assertThat(files).hasSize(3);
        catalogue = new Catalogue(Recipes.BUILT_IN, files);
        assertThat(Recipes.messages(catalogue.problems())).isEmpty();
    }

    @Test
    void shouldPlanTwoEdgesWhenAskedAsTheGuideSays() {
        Resolved plan = (Resolved) resolver().resolve(Recipes.question("guestbook", "2.2.0"), RUNNING);

        assertThat(plan.path()).containsExactly("1.1.0", "2.0.0", "2.2.0");
        assertThat(Recipes.ids(plan.steps()))
                .containsExactly(
                        "save-objects-to-2.0.0",
                        "back-up-to-2.0.0",
                        "prove-backup-to-2.0.0",
                        "migrate-to-2.0.0",
                        "roll-out-to-2.0.0",
                        "roll-out-to-2.2.0");
        assertThat(plan.steps().get(3).with().get("image").asText()).isEqualTo("registry.example:5000/guestbook:2.0.0");
        assertThat(catalogue.path("guestbook", "1.1.0", "2.2.0").orElseThrow().versions())
                .isEqualTo(plan.path());
    }

    @Test
    void shouldAnswerWithReasonAndAlternativeWhenTheTargetIsBlocked() {
        Refusal refusal = ((Refused) resolver().resolve(Recipes.question("guestbook", "3.0.0"), RUNNING)).refusal();

        assertThat(refusal.code()).isEqualTo("blocked-edge");
        assertThat(refusal.detail()).contains("loses the signatures");
        assertThat(refusal.remedy()).contains("Wait for 3.1");
    }

    @Test
    void shouldRefuseWhenTheDatabaseWouldBeLost() {
        Map<String, Fact> facts =
                Recipes.with(RUNNING, "databaseVolume", Fact.known(Recipes.json("emptyDir"), "StatefulSet plx-db"));

        Refusal refusal = ((Refused) resolver().resolve(Recipes.question("guestbook", "2.2.0"), facts)).refusal();

        assertThat(refusal.detail()).contains("would not survive");
        assertThat(refusal.evidence()).first().asString().contains("\"emptyDir\", from StatefulSet plx-db");
    }

    private RecipeResolver resolver() {
        return new RecipeResolver(catalogue);
    }
}
