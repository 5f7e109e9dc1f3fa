package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterRulesTest {
    private final Catalogue catalogue = Recipes.builtIn();

    @Test
    void shouldSayEverythingThatIsWrongWhenParametersDoNotFit() {
        assertThat(problems("{slector: a=b, healthPort: http, kind: Pod, healthPath: health, container: null}"))
                .extracting(ParameterProblem::toString)
                .satisfiesExactlyInAnyOrder(
                        problem ->
                                assertThat(problem).startsWith("parameter 'slector': expected one of kind, selector,"),
                        problem -> assertThat(problem)
                                .startsWith("parameter 'healthPort': expected integer, came \"http\"; give"),
                        problem -> assertThat(problem)
                                .startsWith("parameter 'kind': expected one of Deployment, StatefulSet, DaemonSet"),
                        problem ->
                                assertThat(problem).startsWith("parameter 'healthPath': expected a text matching /.*"),
                        problem -> assertThat(problem).startsWith("parameter 'container': expected string, came null"));
    }

    @Test
    void shouldAskForARequiredOneWhenItIsMissing() {
        String platform = Recipes.PLATFORM.replace("default: 3", "required: true");

        assertThat(Recipes.demo("platform.yaml", platform).parameterProblems("demo", Recipes.empty()))
                .singleElement()
                .isEqualTo(new ParameterProblem("size", "integer", "nothing", "give how many"));
    }

    @Test
    void shouldFindNothingWrongWhenAllFit() {
        assertThat(problems("{kind: StatefulSet, healthPort: 8080, allowDowngrade: true}"))
                .isEmpty();
        assertThat(problems("{}")).isEmpty();
    }

    private List<ParameterProblem> problems(String yaml) {
        return catalogue.parameterProblems("kubernetes-app", (ObjectNode) Recipes.json(yaml));
    }
}
