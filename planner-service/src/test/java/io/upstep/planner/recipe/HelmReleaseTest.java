package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Fact;
import io.upstep.planner.plan.Resolution;
import io.upstep.planner.plan.Resolution.Refused;
import io.upstep.planner.plan.Resolution.Resolved;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any Helm release, upgraded by Helm itself. */
class HelmReleaseTest {
    private static final String CHART = "chart: {repository: 'https://charts.example', name: web, version: 1.4.0}";
    private static final Map<String, Fact> WEB = Recipes.facts(
            "installed", "true",
            "version", "\"1.0.0\"",
            "chartName", "web",
            "status", "deployed",
            "values", "{}",
            "argoCd", "0",
            "flux", "0");

    private final RecipeResolver resolver = new RecipeResolver(Recipes.builtIn());

    @Test
    void shouldUpgradeByTheChartAndPutTheSavedReleaseBack() {
        Resolved plan = (Resolved) resolve("1.4.0", WEB, CHART, "values: {replicas: 3}");

        assertThat(Recipes.ids(plan.steps()))
                .containsExactly("save-release", "pull-chart", "recover-release", "upgrade");
        assertThat(plan.steps().get(1).with())
                .isEqualTo(Recipes.json("{charts: [{repository: 'https://charts.example', name: web, version: 1.4.0}],"
                        + " into: plx-charts-1.4.0}"));
        assertThat(plan.steps().get(3).with())
                .isEqualTo(Recipes.json("{chart: {from: plx-charts-1.4.0, version: 1.4.0},"
                        + " values: [{reuse: true, set: {replicas: 3}}], replace: [], timeout: PT20M}"));
        assertThat(plan.steps().get(2).undo().with())
                .isEqualTo(Recipes.json("{from: plx-helm-1.4.0, replace: [], timeout: PT20M}"));
        assertThat(plan.undone().get(0).with())
                .isEqualTo(Recipes.json("{chart: web, chartVersion: '1.0.0', status: deployed}"));
    }

    @Test
    void shouldRefuseWhatHelmUpgradeAloneWouldGetWrong() {
        assertThat(refused("1.4.0", WEB)).contains("chart");
        assertThat(refused("2.0.0", WEB, CHART)).contains("Another major version");
        assertThat(resolve("2.0.0", WEB, CHART, "allowMajor: true")).isInstanceOf(Resolved.class);
        assertThat(refused("0.9.0", WEB, CHART)).contains("seldom knows what a newer one has left");
        assertThat(resolve("1.0.0-rc1", WEB, CHART, "allowDowngrade: true")).isInstanceOf(Resolved.class);
        assertThat(refused("1.4.0", with("flux", "1"), CHART)).contains("Argo CD or Flux");
        assertThat(refused("1.4.0", with("status", "uninstalled"), CHART)).contains("only remembers it");
        assertThat(refused("1.4.0", with("installed", "false"), CHART)).contains("No installation");
    }

    private static Map<String, Fact> with(String fact, String json) {
        return Recipes.with(WEB, fact, Fact.known(Recipes.json(json), "a test"));
    }

    private String refused(String target, Map<String, Fact> facts, String... parameters) {
        return ((Refused) resolve(target, facts, parameters)).refusal().detail();
    }

    private Resolution resolve(String target, Map<String, Fact> facts, String... parameters) {
        return resolver.resolve(Recipes.question("helm-release", target, parameters), facts);
    }
}
