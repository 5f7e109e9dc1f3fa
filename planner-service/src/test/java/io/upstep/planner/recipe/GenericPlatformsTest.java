package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.CheckSpec;
import io.upstep.event.Fact;
import io.upstep.planner.plan.Resolution;
import io.upstep.planner.plan.Resolution.Refused;
import io.upstep.planner.plan.Resolution.Resolved;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenericPlatformsTest {
    private static final Map<String, Fact> WEB = Recipes.facts(
            "installed",
            "true",
            "version",
            "\"1.0.0\"",
            "containers",
            "[{name: web}]",
            "helmRelease",
            "plx",
            "argoCd",
            "0",
            "flux",
            "0");
    private static final Fact TWO_CONTAINERS =
            Fact.known(Recipes.json("[{name: web}, {name: proxy}]"), "Deployment web");

    private final RecipeResolver resolver = new RecipeResolver(Recipes.builtIn());

    @Test
    void shouldUpgradeTheDeploymentNamedLikeTheReleaseWhenNothingElseIsSaid() {
        Resolved plan = (Resolved) resolve("kubernetes-app", "v1.1.0", WEB);

        assertThat(plan.steps().get(0).with())
                .isEqualTo(Recipes.json("{kinds: [Deployment], names: [plx], into: plx-before-v1.1.0}"));
        assertThat(plan.steps().get(1).with()).isEqualTo(Recipes.json("{kind: Deployment, name: plx, tag: v1.1.0}"));
        assertThat(plan.steps().get(1).checks())
                .extracting(CheckSpec::check)
                .containsExactly("kubernetes.rollout-complete", "kubernetes.version");
        assertThat(plan.steps().get(1).checks().get(1).with())
                .isEqualTo(Recipes.json("{kind: Deployment, name: plx, from: image, expected: v1.1.0}"));
        assertThat(plan.exit())
                .extracting(CheckSpec::check)
                .containsExactly("kubernetes.version", "kubernetes.rollout-complete", "kubernetes.pods-healthy");
    }

    @Test
    void shouldPutTheSavedObjectsBackWhenItIsTakenBack() {
        Resolved plan = (Resolved) resolve("kubernetes-app", "v1.1.0", WEB);

        assertThat(plan.steps().get(0).undo().nothing()).isEqualTo("only copies were made");
        assertThat(plan.steps().get(1).undo()).satisfies(undo -> {
            assertThat(undo.action()).isEqualTo("kubernetes.restore-objects");
            assertThat(undo.with())
                    .isEqualTo(Recipes.json("{from: plx-before-v1.1.0, kinds: [Deployment], names: [plx]}"));
            assertThat(undo.with().get("from"))
                    .isEqualTo(plan.steps().get(0).with().get("into"));
            assertThat(undo.checks())
                    .extracting(CheckSpec::check)
                    .containsExactly("kubernetes.rollout-complete", "kubernetes.version");
            assertThat(undo.checks().get(1).with())
                    .isEqualTo(Recipes.json("{kind: Deployment, name: plx, from: image, expected: '1.0.0'}"));
        });
        assertThat(plan.undone())
                .extracting(CheckSpec::check)
                .containsExactly("kubernetes.version", "kubernetes.rollout-complete", "kubernetes.pods-healthy");
        assertThat(plan.undone().get(0).with().get("expected").asText()).isEqualTo("1.0.0");
    }

    @Test
    void shouldPutImagesAndLabelsBackTogetherWhenHelmsWorkloadsAreTakenBack() {
        Resolved plan = (Resolved) resolve("helm-app", "1.4.0", WEB);

        assertThat(plan.steps().subList(1, 3)).allSatisfy(step -> assertThat(
                        step.undo().with())
                .isEqualTo(Recipes.json(
                        "{from: plx-before-1.4.0, kinds: [Deployment], selector: app.kubernetes.io/instance=plx}")));
    }

    @Test
    void shouldUpgradeWhatIsSelectedWhenParametersSaySo() {
        Resolved plan = (Resolved)
                resolve(
                        "kubernetes-app",
                        "1.1.0",
                        WEB,
                        "\"kind\": \"StatefulSet\", \"selector\": \"a=b\", \"container\": \"db\", \"healthService\": \"web\", \"healthPath\": \"/ok\"");

        assertThat(plan.steps().get(1).with())
                .isEqualTo(Recipes.json("{kind: StatefulSet, selector: a=b, containers: [db], tag: 1.1.0}"));
        assertThat(plan.exit().get(2).with())
                .isEqualTo(Recipes.json("{service: web, port: 80, path: /ok, expected: 200}"));
    }

    @Test
    void shouldAskWhichContainerWhenThereAreSeveral() {
        Map<String, Fact> facts = Recipes.with(WEB, "containers", TWO_CONTAINERS);

        assertThat(code(resolve("kubernetes-app", "1.1.0", facts))).isEqualTo("condition-not-met");
        assertThat(resolve("kubernetes-app", "1.1.0", facts, "\"container\": \"web\""))
                .isInstanceOf(Resolved.class);
    }

    @Test
    void shouldGoBackOnlyWhenSomeoneSaysThatItCan() {
        assertThat(code(resolve("kubernetes-app", "0.9.0", WEB))).isEqualTo("downgrade");
        assertThat(resolve("kubernetes-app", "0.9.0", WEB, "\"allowDowngrade\": true"))
                .isInstanceOf(Resolved.class);
    }

    @Test
    void shouldSayThatHelmKeepsTheOldVersionWhenItsWorkloadsAreUpgraded() {
        Resolved plan = (Resolved) resolve("helm-app", "1.4.0", WEB);

        assertThat(plan.warnings()).singleElement().asString().contains("Helm's release record keeps saying 1.0.0");
        assertThat(plan.steps().get(1).with())
                .isEqualTo(Recipes.json("{kind: Deployment, selector: app.kubernetes.io/instance=plx, tag: 1.4.0}"));
    }

    @Test
    void shouldRefuseWhereOnlyHelmOrGitCanUpgrade() {
        assertThat(detail(resolve("helm-app", "2.0.0", WEB))).contains("major version");
        assertThat(detail(resolve("helm-app", "1.4.0", Recipes.with(WEB, "helmRelease", known("other")))))
                .contains("do not say that they belong");
        assertThat(code(resolve("helm-app", "1.4.0", Recipes.with(WEB, "helmRelease", Fact.unknown("no annotation")))))
                .isEqualTo("fact-unknown");
        assertThat(detail(resolve("helm-app", "1.4.0", Recipes.with(WEB, "flux", known("1")))))
                .contains("Argo CD or Flux");
        assertThat(code(resolve("helm-app", "0.9.0", WEB))).isEqualTo("downgrade");
    }

    private Resolution resolve(String platform, String target, Map<String, Fact> facts, String... parameters) {
        return resolver.resolve(Recipes.question(platform, target, parameters), facts);
    }

    private static Fact known(String json) {
        return Fact.known(Recipes.json(json), "a test");
    }

    private static String code(Resolution resolution) {
        return ((Refused) resolution).refusal().code();
    }

    private static String detail(Resolution resolution) {
        return ((Refused) resolution).refusal().detail();
    }
}
