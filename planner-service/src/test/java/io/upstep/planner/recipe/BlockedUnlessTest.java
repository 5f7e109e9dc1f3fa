package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.planner.plan.Resolution;
import io.upstep.planner.plan.Resolver.Question;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An edge can be blocked for all but those who choose the way around it. */
class BlockedUnlessTest {
    private static final String BLOCKED = Recipes.PLATFORM + """
            blocked:
              - from: "<2"
                to: ">=2"
                unless: parameters.label == 'new'
                reason: its data cannot be moved
                alternative: Begin with a new one, parameter label.
                source: test
            """;

    private final Catalogue catalogue =
            Recipes.demo("platform.yaml", BLOCKED, "any.yaml", Recipes.recipe(">=1 <2", ">=2"));

    @Test
    void shouldRefuseWithTheAlternativeWhenItWasNotChosen() {
        Resolution.Refused refused = (Resolution.Refused) resolved(Recipes.empty());

        assertThat(refused.refusal().code()).isEqualTo("blocked-edge");
        assertThat(refused.refusal().remedy()).isEqualTo("Begin with a new one, parameter label.");
    }

    @Test
    void shouldCrossTheEdgeWhenTheAlternativeWasChosen() {
        assertThat(resolved(Recipes.empty().put("label", "new"))).isInstanceOf(Resolution.Resolved.class);
    }

    @Test
    void shouldTellWhenItIsOpenToWhoeverAsksForThePath() {
        PathAnswer path = catalogue.path("demo", "1.0.0", "2.0.0").orElseThrow();

        assertThat(path.possible()).isFalse();
        assertThat(path.blocked()).singleElement().satisfies(block -> assertThat(block.unless())
                .isEqualTo("parameters.label == 'new'"));
    }

    @Test
    void shouldNotLoadAConditionOnWhatIsNotKnownBefore() {
        String wrong = BLOCKED.replace("parameters.label == 'new'", "facts.count == 3");

        assertThatThrownBy(() -> Recipes.demo("platform.yaml", wrong, "any.yaml", Recipes.recipe(">=1 <2", ">=2"))
                        .find("demo")
                        .orElseThrow())
                .isInstanceOf(java.util.NoSuchElementException.class);
    }

    private Resolution resolved(ObjectNode parameters) {
        Question question = new Question("demo", Recipes.INSTALLATION, "2.0.0", parameters, Set.of());
        return new RecipeResolver(catalogue)
                .resolve(
                        question,
                        Recipes.facts("installed", "true", "version", "1.0.0", "volume", "none", "count", "3"));
    }
}
