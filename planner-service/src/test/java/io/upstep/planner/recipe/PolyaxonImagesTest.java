package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.CheckSpec;
import io.upstep.event.Fact;
import io.upstep.event.FactSpec;
import io.upstep.planner.plan.PlannedStep;
import io.upstep.planner.plan.Refusal;
import io.upstep.planner.plan.Resolution;
import io.upstep.planner.plan.Resolution.Refused;
import io.upstep.planner.plan.Resolution.Resolved;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known about Polyaxon's versions, asked as a user would. */
class PolyaxonImagesTest {
    private final Catalogue catalogue = Recipes.builtIn();
    private final RecipeResolver resolver = new RecipeResolver(catalogue);

    @ParameterizedTest
    @CsvSource({
        "1.1.1, 1.12.3, polyaxon-images/1.x-to-1.y.yaml",
        "1.10.1, 1.11.0, polyaxon-images/1.x-to-1.y.yaml",
        "1.10.1, 1.20.0, polyaxon-images/1.x-to-1.13.yaml",
        "1.12.3, 1.13.0, polyaxon-images/1.x-to-1.13.yaml",
        "1.13.0, 1.20.0, polyaxon-images/1.x-to-1.y.yaml",
        "1.18, v1.20, polyaxon-images/1.x-to-1.y.yaml",
    })
    void shouldCrossInOneEdgeWhenTheTargetIsALater1y(String from, String to, String recipe) {
        PathAnswer answer = path(from, to);

        assertThat(answer.possible()).isTrue();
        assertThat(answer.versions()).hasSize(2);
        assertThat(answer.edges()).singleElement().satisfies(edge -> {
            assertThat(edge.recipe()).isEqualTo(recipe);
            assertThat(edge.digest()).startsWith("sha256:");
            assertThat(edge.conditions()).isNotEmpty();
            assertThat(edge.steps()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "0.4.4, 1.20.0, blocked-edge, not backward compatible, new release name",
        "0.6.1, 1.1.0, blocked-edge, not backward compatible, new release name",
        "0.6.1, 2.15.1, blocked-edge, not backward compatible, new release name",
        "1.1.0, 1.1.1, blocked-edge, selectors of every Deployment, kubectl delete deployments",
        "1.1.0, 1.20.0, blocked-edge, selectors of every Deployment, kubectl delete deployments",
        "1.20.0, 2.0.4, blocked-edge, dump and a restore, Upgrade to 1.20.0",
        "1.1.0, 2.0.4, blocked-edge, immutable selectors, Upgrade to 1.20.0",
        "1.10.1, 2.15.1, blocked-edge, immutable selectors, Upgrade to 1.20.0",
        "1.20.0, 1.19.0, downgrade, migrates its database, Restore the database dump",
        "2.0.0, 1.20.0, downgrade, migrates its database, Restore the database dump",
        "2.0.4, 2.15.1, no-path, recipes exist for 1.1.1, helm upgrade",
        "0.4.4, 0.5.6, no-path, recipes exist for 1.1.1, helm upgrade",
        "1.20.0, 1.20, already-there, already runs 1.20.0, Nothing",
        "1.20.0, 3.0.0, target-unknown, no version '3.0.0', Choose a known version",
        "1.20.0, latest, target-unknown, no version 'latest', Choose a known version",
        "1.21.0, 2.0.0, version-unknown, '1.21.0' is not one of its versions, Upgrade it by hand",
    })
    void shouldSayWhyNotAndWhatInsteadWhenThereIsNoPath(
            String from, String to, String code, String reason, String alternative) {
        PathAnswer answer = path(from, to);

        assertThat(answer.possible()).isFalse();
        assertThat(answer.edges()).isEmpty();
        assertThat(answer.refusal().code()).isEqualTo(code);
        assertThat(answer.refusal().detail()).contains(reason);
        assertThat(answer.refusal().remedy()).contains(alternative);
        assertThat(answer.blocked()).hasSize(code.equals("blocked-edge") ? 1 : 0);
    }

    @Test
    void shouldAskForWhatItsConditionsNeedWhenAnInstallationIsToBeObserved() {
        List<FactSpec> facts = resolver.factsToObserve(Recipes.question("polyaxon-images", "1.20.0"));

        assertThat(facts)
                .extracting(FactSpec::fact)
                .contains("installed", "version", "databaseVolume", "apiImage", "apiSelector", "coreDeployments");
        assertThat(facts.get(0).probe()).isEqualTo("kubernetes.installed");
        assertThat(facts.get(0).with()).isEqualTo(Recipes.json("{kind: Deployment, name: plx-polyaxon-api}"));
    }

    @Test
    void shouldOnlyChangeImagesWhenThePortsStayTheSame() {
        Resolved plan = resolved("1.20.0", facts("1.18.2", 8000, "emptyDir"));

        assertThat(Recipes.ids(plan.steps()))
                .containsExactly(
                        "save-objects", "migrate-database", "set-chart-version", "set-images", "set-version-labels");
        assertThat(plan.path()).containsExactly("1.18.2", "1.20.0");
        assertThat(plan.recipeDigests())
                .containsOnlyKeys("polyaxon-images/platform.yaml", "polyaxon-images/1.x-to-1.y.yaml");
        assertThat(with(plan, "migrate-database")).isEqualTo(Recipes.json("""
                        name: plx-sync-db
                        image: registry.example:5000/polyaxon/polyaxon-api:1.20.0
                        args: [migrate]
                        env: [ { name: POLYAXON_DB_NO_CHECK, value: "true" }, { name: POLYAXON_MANAGE, value: "true" } ]
                        fromDeployment: plx-polyaxon-api
                        backoffLimit: 0
                        deadline: PT15M
                        """));
        assertThat(with(plan, "set-images")).isEqualTo(Recipes.json("""
                        kind: Deployment
                        selector: release=plx,app.kubernetes.io/part-of=polyaxon-core
                        image: registry.example:5000/polyaxon/
                        tag: 1.20.0
                        """));
        assertThat(step(plan, "migrate-database").reversibility()).isEqualTo(PlannedStep.Reversibility.RESTORABLE);
        assertThat(plan.exit())
                .extracting(CheckSpec::check)
                .contains("kubernetes.rollout-complete", "kubernetes.version", "kubernetes.pods-healthy");
    }

    @Test
    void shouldMoveThePortsInOneWriteWithTheImageWhenTheChartMovedThem() {
        Resolved plan = resolved("1.20.0", facts("1.10.1", 80, "emptyDir"));

        assertThat(Recipes.ids(plan.steps()))
                .containsSubsequence(
                        "migrate-database",
                        "set-ports",
                        "move-api",
                        "move-api-service",
                        "move-gateway",
                        "set-version-labels")
                .doesNotContain("set-images-workers");
        assertThat(with(plan, "move-api").get("patch")).isEqualTo(Recipes.json("""
                        - op: replace
                          path: /spec/template/spec/containers/0/image
                          value: registry.example:5000/polyaxon/polyaxon-api:1.20.0
                        - { op: replace, path: /spec/template/spec/containers/0/ports/0/containerPort, value: 8000 }
                        - { op: replace, path: /spec/template/spec/containers/0/livenessProbe/httpGet/port, value: 8000 }
                        - { op: replace, path: /spec/template/spec/containers/0/readinessProbe/httpGet/port, value: 8000 }
                        """));
    }

    @Test
    void shouldPutTheConfigMapsBackBeforeOldContainersReadThemWhenItIsTakenBack() {
        Resolved plan = resolved("1.20.0", facts("1.10.1", 80, "none"));

        assertThat(step(plan, "move-api").undo().with()).isEqualTo(Recipes.json("""
                        from: plx-before-1.20.0
                        kinds: [ConfigMap, Deployment]
                        names: [plx-polyaxon-config, plx-polyaxon-proxies-config, plx-polyaxon-api]
                        """));
        assertThat(step(plan, "move-api-service").undo().with())
                .isEqualTo(Recipes.json("{from: plx-before-1.20.0, kinds: [Service], names: [plx-polyaxon-api]}"));
        assertThat(plan.undone())
                .filteredOn(check -> check.check().equals("kubernetes.version"))
                .hasSize(3)
                .allSatisfy(check ->
                        assertThat(check.with().get("expected").asText()).isEqualTo("1.10.1"));
    }

    @Test
    void shouldTakeTheLabelsBackWithoutTheImagesWhenTheyWereSetLast() {
        for (String from : List.of("1.10.1", "1.18.2")) {
            PlannedStep.Undo undo = step(resolved("1.20.0", facts(from, 80, "none")), "set-version-labels")
                    .undo();

            assertThat(undo.action()).isEqualTo("kubernetes.patch");
            assertThat(undo.with().at("/patch/metadata/labels"))
                    .isEqualTo(Recipes.json("{app.kubernetes.io/version: '%s', app.kubernetes.io/instance: polyaxon-%s}"
                            .formatted(from, from)));
            assertThat(undo.with().get("patch")).hasSize(1);
        }
    }

    @Test
    void shouldKnowNoWayBackForTheDatabaseBeforeARestorePointIsTaken() {
        for (String from : List.of("1.10.1", "1.18.2")) {
            assertThat(step(resolved("1.20.0", facts(from, 80, "none")), "migrate-database"))
                    .satisfies(step -> assertThat(step.reversibility()).isEqualTo(PlannedStep.Reversibility.RESTORABLE))
                    .satisfies(step -> assertThat(step.undo()).isNull());
        }
    }

    @Test
    void shouldUpgradeTheWorkersTooWhenThereAreAny() {
        Map<String, Fact> facts = Recipes.with(facts("1.10.1", 80, "none"), "workerDeployments", number("2"));

        assertThat(Recipes.ids(resolved("1.20.0", facts).steps()))
                .containsSubsequence("set-image-operator", "set-images-workers", "move-api");
    }

    @Test
    void shouldNeverTouchASelectorWhenStepsArePlanned() {
        for (String from : List.of("1.10.1", "1.18.2")) {
            assertThat(resolved("1.20.0", facts(from, 80, "emptyDir")).steps())
                    .allSatisfy(step -> assertThat(step.with().toString()).doesNotContain("matchLabels"));
        }
    }

    @Test
    void shouldWarnWhenARestartWouldLoseTheDatabase() {
        assertThat(resolved("1.20.0", facts("1.18.2", 8000, "emptyDir")).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("emptyDir", "loses everything"));
        assertThat(resolved("1.20.0", facts("1.18.2", 8000, "persistentVolumeClaim"))
                        .warnings())
                .noneSatisfy(warning -> assertThat(warning).contains("loses everything"));
    }

    @Test
    void shouldStillWarnWhenItIsNotKnownWhereTheDatabaseIs() {
        Map<String, Fact> facts =
                Recipes.with(facts("1.18.2", 8000, "none"), "databaseVolume", Fact.unknown("forbidden"));

        assertThat(resolved("1.20.0", facts).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("loses everything", "is not known", "forbidden"));
    }

    @Test
    void shouldSayThatTheChartChangedMoreOnlyWhenItDid() {
        assertThat(resolved("1.20.0", facts("1.15.0", 8000, "none")).warnings())
                .noneSatisfy(warning -> assertThat(warning).contains("changes more than images"));
        assertThat(resolved("1.12.3", facts("1.5.0", 80, "none")).warnings()).anySatisfy(warning -> assertThat(warning)
                .contains("Between 1.5.0 and 1.12.3", "changes more than images"));
    }

    @Test
    void shouldRefuseWithTheFactAsEvidenceWhenTheSelectorIsTheOldOne() {
        Fact old = Fact.known(
                Recipes.json("{app.kubernetes.io/name: plx-polyaxon-api, app.kubernetes.io/instance: plx}"),
                "Deployment plx-polyaxon-api");

        Refusal refusal = refused("1.20.0", Recipes.with(facts("1.18.2", 8000, "none"), "apiSelector", old));

        assertThat(refusal.code()).isEqualTo("condition-not-met");
        assertThat(refusal.detail()).contains("selector of chart 1.1.0");
        assertThat(refusal.evidence()).anySatisfy(line -> assertThat(line)
                .contains("fact apiSelector = ", "plx", "from Deployment plx-polyaxon-api"));
    }

    @Test
    void shouldRefuseWhenAPortIsOfTheUsersOwnChoice() {
        Refusal refusal = refused("1.20.0", facts("1.10.1", 8080, "none"));

        assertThat(refusal.code()).isEqualTo("condition-not-met");
        assertThat(refusal.evidence()).contains("fact apiPort = 8080, from a test, apiPort");
    }

    private PathAnswer path(String from, String to) {
        return catalogue.path("polyaxon-images", from, to).orElseThrow();
    }

    private Resolved resolved(String target, Map<String, Fact> facts) {
        Resolution resolution =
                resolver.resolve(Recipes.without("database", Recipes.question("polyaxon-images", target)), facts);
        assertThat(resolution).isInstanceOf(Resolved.class);
        return (Resolved) resolution;
    }

    private Refusal refused(String target, Map<String, Fact> facts) {
        Resolution resolution =
                resolver.resolve(Recipes.without("database", Recipes.question("polyaxon-images", target)), facts);
        assertThat(resolution).isInstanceOf(Refused.class);
        return ((Refused) resolution).refusal();
    }

    private static PlannedStep step(Resolved plan, String id) {
        return plan.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode with(Resolved plan, String id) {
        return step(plan, id).with();
    }

    private static Fact number(String json) {
        return Fact.known(Recipes.json(json), "a test");
    }

    private static Map<String, Fact> facts(String version, int port, String volume) {
        return Recipes.facts(
                "installed",
                "true",
                "version",
                '"' + version + '"',
                "apiImage",
                "registry.example:5000/polyaxon/polyaxon-api:" + version,
                "apiPort",
                String.valueOf(port),
                "apiSelector",
                "{app.kubernetes.io/name: plx-polyaxon-api}",
                "coreDeployments",
                "4",
                "workerDeployments",
                "0",
                "databaseVolume",
                volume);
    }
}
