package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.CheckSpec;
import io.upstep.event.Fact;
import io.upstep.event.FactSpec;
import io.upstep.event.Installation;
import io.upstep.planner.plan.PlannedStep;
import io.upstep.planner.plan.PlannedStep.Reversibility;
import io.upstep.planner.plan.Refusal;
import io.upstep.planner.plan.Resolution.Refused;
import io.upstep.planner.plan.Resolution.Resolved;
import io.upstep.planner.plan.Resolver.Question;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is planned for a Polyaxon, and what is refused, by what was observed of it. */
class PolyaxonPlanTest {
    private static final String OUTSIDE =
            "acceptDowntime: true, databaseHost: db.example, databaseSecret: plx-db, databasePasswordKey: word";
    private static final String NEW = "newInstallation: true, " + OUTSIDE;
    private static final String DOWN = "acceptDowntime: true";

    private final RecipeResolver resolver = new RecipeResolver(Recipes.builtIn());

    @Test
    void shouldGoThroughTheLatest04AndTearDownWhenFrom04To05() {
        Resolved plan = resolved("0.5.6", OUTSIDE, facts("0.4.2", "none"));

        assertThat(plan.path()).containsExactly("0.4.2", "0.4.4", "0.5.6");
        assertThat(Recipes.ids(plan.steps()))
                .containsExactly(
                        "save-release-to-0.4.4",
                        "pull-chart-to-0.4.4",
                        "save-objects-to-0.4.4",
                        "migrate-configuration-to-0.4.4",
                        "back-up-database-to-0.4.4",
                        "prove-backup-to-0.4.4",
                        "drop-copy-to-0.4.4",
                        "hand-over-database-to-0.4.4",
                        "recover-release-to-0.4.4",
                        "upgrade-to-0.4.4",
                        "save-release-to-0.5.6",
                        "pull-chart-to-0.5.6",
                        "save-objects-to-0.5.6",
                        "migrate-configuration-to-0.5.6",
                        "stop-writers-to-0.5.6",
                        "back-up-database-to-0.5.6",
                        "prove-backup-to-0.5.6",
                        "drop-copy-to-0.5.6",
                        "hand-over-database-to-0.5.6",
                        "recover-release-to-0.5.6",
                        "tear-down-to-0.5.6",
                        "delete-leftovers-to-0.5.6",
                        "install-to-0.5.6");
        assertThat(step(plan, "back-up-database-to-0.5.6").with()).isEqualTo(Recipes.json("""
                                name: database-0-5-6
                                connection:
                                  host: db.example
                                  port: 5432
                                  database: polyaxon
                                  user: polyaxon
                                  secretRef: { name: plx-db, passwordKey: word }
                                """));
        assertThat(step(plan, "tear-down-to-0.5.6").with().get("hooks").asBoolean())
                .isFalse();
        assertThat(step(plan, "delete-leftovers-to-0.5.6").with().get("keep")).isEqualTo(Recipes.json("[plx-db]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"emptyDir", "release-claim", "retained-volume", "hostPath", "other:nfs"})
    void shouldRefuseToTearDownWhatItsDataWouldNotOutlive(String survival) {
        for (String[] edge :
                new String[][] {{"0.4.4", "0.5.6"}, {"0.4.2", "0.5.6"}, {"0.4.4", "0.6.0"}, {"0.5.6", "0.6.0"}}) {
            Refusal refusal = refused(edge[1], DOWN, facts(edge[0], survival));

            assertThat(refusal.code()).isEqualTo("condition-not-met");
            assertThat(refusal.detail()).contains("where the teardown deletes them", "emptyDir");
            assertThat(refusal.remedy()).contains("existingClaim", "helm.sh/resource-policy", "external database");
            assertThat(refusal.evidence())
                    .anySatisfy(line -> assertThat(line).contains("databaseSurvival = \"" + survival + "\""));
        }
    }

    @ParameterizedTest
    @CsvSource({"existing-claim, false", "kept-claim, true"})
    void shouldTearDownWhatItsDataOutlive(String survival, boolean takesOver) {
        Resolved plan = resolved("0.5.6", DOWN, facts("0.4.4", survival));

        assertThat(step(plan, "install").with().get("takeOwnership").asBoolean())
                .isEqualTo(takesOver);
        assertThat(step(plan, "tear-down").checks())
                .filteredOn(check -> check.check().equals("kubernetes.field"))
                .singleElement()
                .satisfies(
                        check -> assertThat(check.with().get("name").asText()).isEqualTo("the-claim"));
    }

    @Test
    void shouldRefuseWithoutDowntimeRunningWorkOrAPlaceOfTheDatabase() {
        assertThat(refused("0.5.6", "acceptDowntime: false", facts("0.4.4", "existing-claim"))
                        .remedy())
                .contains("\"acceptDowntime\": true");
        Map<String, Fact> busy = Recipes.with(facts("0.4.4", "existing-claim"), "runningPods", number("3"));
        assertThat(refused("0.5.6", DOWN, busy).detail()).contains("notebooks of users are still running");
        assertThat(resolved("0.5.6", DOWN + ", runHooks: true", busy).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("hooks stop all experiments"));
        Map<String, Fact> working = Recipes.with(facts("1.20.0", "emptyDir"), "runningOperations", number("1"));
        assertThat(refused("2.0.4", DOWN, working).detail()).contains("services of users are still running");
        assertThat(refused("2.0.4", DOWN, facts("1.20.0", "none")).detail()).contains("not said where the database is");
        assertThat(refused("2.0.4", OUTSIDE, facts("1.20.0", "emptyDir")).detail())
                .contains("name another one");
    }

    @Test
    void shouldSayWhereToGoWhenItIsNotThisChartOrNoRelease() {
        Map<String, Fact> agent = Recipes.with(
                facts("1.20.0", "emptyDir"),
                "helmRelease",
                Fact.known(Recipes.json("{found: true, chart: agent, chartVersion: 1.20.0}"), "a test"));
        assertThat(refused("2.0.4", DOWN, agent).remedy()).contains("platform polyaxon-agent");
        Map<String, Fact> applied = Recipes.with(
                facts("1.20.0", "emptyDir"),
                "helmRelease",
                Fact.known(Recipes.json("{found: false, chart: ''}"), "a test"));
        assertThat(refused("2.0.4", DOWN, applied).remedy()).contains("polyaxon-images");
    }

    @Test
    void shouldDeleteTheDeploymentsFirstOnlyWhereTheirSelectorsAreTheOldOnes() {
        Fact old = Fact.known(
                Recipes.json("{app.kubernetes.io/name: plx-polyaxon-api, app.kubernetes.io/instance: plx}"), "a test");
        Map<String, Fact> first = Recipes.with(facts("1.1.0", "emptyDir"), "apiSelector", old);

        PlannedStep delete = step(resolved("1.20.0", DOWN, first), "delete-deployments");

        assertThat(delete.with().get("selector").asText())
                .isEqualTo(
                        "release=plx,app.kubernetes.io/part-of=polyaxon-core,app.kubernetes.io/instance=polyaxon-1.1.0,"
                                + "app.kubernetes.io/managed-by in (Helm,helm)");
        // Whatever the narrow selector has missed, the wide one would still find.
        assertThat(delete.checks())
                .singleElement()
                .satisfies(
                        check -> assertThat(check.with())
                                .isEqualTo(
                                        Recipes.json(
                                                "{kind: Deployment, selector: 'release=plx,app.kubernetes.io/part-of=polyaxon-core', expected: 0}")));
        assertThat(refused("1.20.0", "acceptDowntime: false", first).detail()).contains("have to be deleted");
        assertThat(Recipes.ids(
                        resolved("1.20.0", "", facts("1.10.1", "emptyDir")).steps()))
                .doesNotContain("delete-deployments");
    }

    @Test
    void shouldMoveTheDataWhenTheBuiltInPostgresGetsANewMajorVersion() {
        Resolved plan = resolved("2.0.4", DOWN, facts("1.20.0", "emptyDir"));

        assertThat(Recipes.ids(plan.steps()))
                .containsExactly(
                        "save-release",
                        "pull-chart",
                        "save-objects",
                        "migrate-configuration",
                        "stop-writers",
                        "back-up-database",
                        "prove-backup",
                        "drop-copy",
                        "hand-over-database",
                        "claim-volume",
                        "recover-release",
                        "delete-deployments",
                        "delete-database",
                        "delete-database-secret",
                        "install-stopped",
                        "restore-database",
                        "drop-empty",
                        "upgrade");
        assertThat(step(plan, "install-stopped").with().get("values")).isEqualTo(Recipes.json("""
                                - secret: plx-values-2.0.4
                                - inline:
                                    postgresql: { primary: { persistence: { enabled: true, existingClaim: plx-postgresql-15 } } }
                                    gateway: { replicas: 0 }
                                    scheduler: { replicas: 0 }
                                    worker: { replicas: 0 }
                                    beat: { replicas: 0 }
                                    compiler: { replicas: 0 }
                                - inline: {}
                                """));
        assertThat(step(plan, "upgrade").with().get("values")).isEqualTo(Recipes.json("""
                                - secret: plx-values-2.0.4
                                - inline: { postgresql: { primary: { persistence: { enabled: true, existingClaim: plx-postgresql-15 } } } }
                                - inline: {}
                                """));
        assertThat(passwordKey(step(plan, "back-up-database").with())).isEqualTo("postgresql-password");
        assertThat(passwordKey(step(plan, "restore-database").with())).isEqualTo("password");
        assertThat(step(plan, "hand-over-database").undo().action()).isEqualTo("postgres.restore");
        assertThat(passwordKey(step(plan, "hand-over-database").undo().with())).isEqualTo("postgresql-password");
    }

    @Test
    void shouldLeaveAnExternalDatabaseWhereItIs() {
        Resolved plan = resolved("2.0.4", OUTSIDE, facts("1.20.0", "none"));

        assertThat(Recipes.ids(plan.steps()))
                .doesNotContain("claim-volume", "delete-database", "delete-database-secret", "install-stopped")
                .doesNotContain("restore-database")
                .containsSubsequence("hand-over-database", "recover-release", "delete-deployments", "upgrade");
        assertThat(step(plan, "upgrade").with().get("values"))
                .isEqualTo(Recipes.json("[{secret: plx-values-2.0.4}, {inline: {}}, {inline: {}}]"));
    }

    @ParameterizedTest
    @CsvSource({"0.6.0, 0.6.1, 11", "1.20.0, 2.4.0, 15", "2.4.0, 2.5.0, 16"})
    void shouldMoveTheDataAtEveryNewMajorVersion(String from, String to, int major) {
        Resolved plan = resolved(to, DOWN, facts(from, "release-claim"));

        assertThat(Recipes.ids(plan.steps()))
                .containsSubsequence("hand-over-database", "claim-volume", "install-stopped", "restore-database");
        assertThat(step(plan, "claim-volume")
                        .with()
                        .at("/manifests/0/metadata/name")
                        .asText())
                .isEqualTo("plx-postgresql-" + major);
        assertThat(plan.warnings()).anySatisfy(warning -> assertThat(warning).contains("plx-postgresql-" + major));
    }

    @Test
    void shouldDoWithoutTheBackupOnlyWhereItDoesNotCarryTheData() {
        Question question = question("polyaxon", "2.0.4", DOWN, Set.of("database"));
        Refused moved = (Refused) resolver.resolve(question, facts("1.20.0", "emptyDir"));
        assertThat(moved.refusal().detail()).contains("cannot be done without");

        Question outside = question("polyaxon", "2.0.4", OUTSIDE, Set.of("database"));
        Resolved plan = (Resolved) resolver.resolve(outside, facts("1.20.0", "none"));

        assertThat(Recipes.ids(plan.steps())).doesNotContain("back-up-database", "prove-backup", "drop-copy");
        assertThat(plan.exit()).extracting(CheckSpec::check).doesNotContain("postgres.same-data");
    }

    @ParameterizedTest
    @CsvSource({
        "0.4.4, 0.5.1, /_health/, plx-polyaxon-api",
        "0.4.4, 0.5.2, /healthz/, plx-polyaxon-api",
        "0.4.2, 0.4.4, /_health/, plx-polyaxon-api",
        "1.10.1, 1.20.0, /healthz/, plx-polyaxon-api",
        "1.20.0, 2.0.4, /healthz/, plx-polyaxon-gateway"
    })
    void shouldAskForHealthWhereThisVersionAnswers(String from, String to, String path, String service) {
        assertThat(resolved(to, OUTSIDE, facts(from, "none")).exit())
                .filteredOn(check -> check.check().equals("http.status"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.with().get("path").asText()).isEqualTo(path);
                    assertThat(check.with().get("service").asText()).isEqualTo(service);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.4.2 | 0.4.4 | 0020%",
                "0.4.4 | 0.5.0 | 0021%",
                "0.4.4 | 0.5.6 | 0021% 0023%",
                "1.1.1 | 1.5.0 | '0001_initial'",
                "1.1.1 | 1.6.0 | '0009_project_unique_name'",
                "1.1.1 | 1.15.0 | '0010_auto_20210429_1539'",
                "1.1.1 | 1.20.0 | '0012_alter_artifact_updated_at_and_more'",
                "1.20.0 | 2.0.4 | 'coredb' '0013_major_upgrade'",
                "2.5.0 | 2.10.0 | 'coredb' '0013_major_upgrade' 0015%",
                "2.5.0 | 2.15.1 | 'coredb' '0013_major_upgrade' 0015% '0016_project_user_projectversion_user'",
            })
    void shouldLookForTheMigrationsOfThisVersion(String from, String to, String named) {
        List<String> queries = resolved(to, OUTSIDE, facts(from, "none")).exit().stream()
                .filter(check -> check.check().equals("postgres.query"))
                .map(check -> check.with().get("query").asText())
                .toList();

        String[] names = named.split(" ");
        assertThat(queries).hasSize(names.length);
        for (int i = 0; i < names.length; i++) {
            assertThat(queries.get(i)).contains(names[i]);
        }
    }

    @Test
    void shouldNotWaitForADeploymentNamedGatewayWhenTheGatewayIsInTheApi() {
        Resolved plan = resolved("2.0.4", OUTSIDE, facts("1.20.0", "none"));

        assertThat(plan.exit())
                .filteredOn(check -> check.check().equals("kubernetes.pods-healthy"))
                .extracting(check -> check.with().get("name").asText())
                .containsExactly("plx-polyaxon-api", "plx-polyaxon-operator");
        assertThat(plan.exit())
                .filteredOn(check -> check.check().equals("kubernetes.absent"))
                .extracting(check -> check.with().get("names").toString())
                .containsExactly(
                        "[\"plx-polyaxon-gateway\",\"plx-polyaxon-streams\"]",
                        "[\"plx-polyaxon-api\",\"plx-polyaxon-streams\"]");
    }

    @Test
    void shouldInstallBesideOnlyOnAnEmptyDatabaseAndAnUnusedName() {
        Map<String, Fact> nothing = Recipes.with(facts("1.20.0", "none"), "installed", number("false"));
        Map<String, Fact> free =
                Recipes.with(nothing, "helmRelease", Fact.known(Recipes.json("{found: false, chart: ''}"), "a test"));

        assertThat(refused("1.20.0", OUTSIDE, free).detail()).contains("nobody has said that a new one is wanted");
        Resolved plan = resolved("1.20.0", NEW, free);

        assertThat(plan.path()).containsExactly("none", "1.20.0");
        assertThat(Recipes.ids(plan.steps())).containsExactly("pull-chart", "install");
        assertThat(step(plan, "install").undo().action()).isEqualTo("helm.uninstall");
        assertThat(refused("1.20.0", NEW, Recipes.with(free, "databaseTables", number("42")))
                        .detail())
                .contains("not empty", "would destroy");
        assertThat(refused("1.20.0", NEW, Recipes.with(free, "databaseTables", Fact.unknown("no answer")))
                        .code())
                .isEqualTo("fact-unknown");
        assertThat(refused("1.20.0", NEW, nothing).detail()).contains("Helm knows a release of this name");
        assertThat(refused("2.0.4", "newInstallation: true", Recipes.with(free, "databaseVolumeClaim", number("true")))
                        .detail())
                .contains("would start on its data");
        assertThat(resolved(
                                "2.0.4",
                                "newInstallation: true",
                                Recipes.with(free, "databaseTables", Fact.unknown("no server")))
                        .path())
                .containsExactly("none", "2.0.4");
    }

    @Test
    void shouldBringAnAgentForwardAndBackWithoutADatabase() {
        Fact chart = Fact.known(Recipes.json("{found: true, chart: agent}"), "a test");
        Fact values = Fact.known(Recipes.json("{agent: {instance: o.agents.a, token: '***'}}"), "Helm");
        Map<String, Fact> agent =
                Recipes.with(Recipes.with(facts("1.20.0", "none"), "helmRelease", chart), "values", values);

        Resolved up = (Resolved) resolver.resolve(question("polyaxon-agent", "2.0.4", DOWN, Set.of()), agent);
        Resolved back = (Resolved) resolver.resolve(question("polyaxon-agent", "1.1.0", "", Set.of()), agent);

        assertThat(Recipes.ids(up.steps()))
                .containsExactly(
                        "save-release",
                        "pull-chart",
                        "save-objects",
                        "migrate-configuration",
                        "recover-release",
                        "delete-deployments",
                        "upgrade");
        assertThat(step(up, "delete-deployments").with().get("selector").asText())
                .contains("instance=agent-1.20.0")
                .contains("in (Helm,helm)");
        assertThat(Recipes.ids(back.steps()))
                .containsSubsequence("save-release", "pull-chart", "recover-release", "delete-deployments", "upgrade");
        assertThat(Stream.concat(up.exit().stream(), back.exit().stream()))
                .extracting(CheckSpec::check)
                .noneMatch(check -> check.startsWith("postgres."));
    }

    @Test
    void shouldTakeEveryReleaseBackAsAWholeAndTheDatabaseAfterIt() {
        for (String[] edge : new String[][] {
            {"0.4.4", "0.5.6"},
            {"0.5.6", "0.6.0"},
            {"1.10.1", "1.20.0"},
            {"1.20.0", "2.0.4"},
            {"2.0.4", "2.5.0"},
            {"2.5.0", "2.12.0"}
        }) {
            List<String> undos = resolved(edge[1], OUTSIDE, facts(edge[0], "none")).steps().stream()
                    .map(PlannedStep::undo)
                    .filter(undo -> !undo.leavesNothing())
                    .map(PlannedStep.Undo::action)
                    .toList();

            // Undone in reverse order: a newer version that came up once more would migrate the restored database
            // again.
            assertThat(undos).containsSubsequence("postgres.restore", "helm.rollback");
        }
    }

    @Test
    void shouldNeedTheProvenBackupForWhateverOnlyItTakesBack() {
        for (String[] edge : new String[][] {{"0.4.4", "0.5.6"}, {"1.10.1", "1.20.0"}, {"1.20.0", "2.0.4"}}) {
            assertThat(resolved(edge[1], DOWN, facts(edge[0], "existing-claim")).steps())
                    .filteredOn(step -> step.reversibility() != Reversibility.REVERSIBLE)
                    .isNotEmpty()
                    .allSatisfy(step -> assertThat(step.needs()).containsExactly("database"));
        }
    }

    @Test
    void shouldAskForTheDatabaseByTheKeysOfTheChartThatRuns() {
        for (String[] target : new String[][] {
            {"0.5.6", "postgres-password", "Deployment"}, {"1.20.0", "postgresql-password", "StatefulSet"}
        }) {
            List<FactSpec> facts = resolver.factsToObserve(question("polyaxon", target[0], "", Set.of()));

            assertThat(passwordKey(asked(facts, "migrations"))).isEqualTo(target[1]);
            assertThat(asked(facts, "databaseSurvival").get("kind").asText()).isEqualTo(target[2]);
        }
    }

    @Test
    void shouldMoveTheConfigurationAndLetAnswersAndValuesCountOnlyForTheTarget() {
        Map<String, Fact> old = Recipes.with(
                facts("0.4.2", "none"),
                "values",
                Fact.known(
                        Recipes.json("{nodeSelectors: {core: {disk: ssd}}, integrations: {slack: [{url: x}]}}"),
                        "Helm"));
        String given = OUTSIDE + ", answers: {broker: redis}, values: {api: {replicas: 2}}, valuesSecret: mine";

        Resolved plan = resolved("0.5.6", given, old);

        assertThat(plan.configuration()).last().satisfies(change -> {
            assertThat(change.before()).contains("nodeSelectors");
            assertThat(change.after()).contains("nodeSelector:", "broker:").doesNotContain("integrations");
        });
        assertThat(step(plan, "migrate-configuration-to-0.4.4")
                        .with()
                        .at("/values/secret")
                        .asText())
                .isEqualTo("mine");
        assertThat(step(plan, "migrate-configuration-to-0.4.4").with().get("answers"))
                .isEmpty();
        assertThat(step(plan, "upgrade-to-0.4.4").with().at("/values/1/inline")).isEmpty();
        JsonNode last = step(plan, "migrate-configuration-to-0.5.6").with();
        assertThat(last.get("rules")).isNotEmpty();
        assertThat(last.get("values")).isEqualTo(Recipes.json("{release: true}"));
        assertThat(last.get("answers")).isEqualTo(Recipes.json("{broker: redis}"));
        assertThat(step(plan, "install-to-0.5.6").with().at("/values/1/inline"))
                .isEqualTo(Recipes.json("{api: {replicas: 2}}"));
    }

    private static JsonNode asked(List<FactSpec> facts, String name) {
        return facts.stream()
                .filter(fact -> fact.fact().equals(name))
                .findFirst()
                .orElseThrow()
                .with();
    }

    private static String passwordKey(JsonNode with) {
        return with.at("/connection/secretRef/passwordKey").asText();
    }

    private Resolved resolved(String target, String parameters, Map<String, Fact> facts) {
        var resolution = resolver.resolve(question("polyaxon", target, parameters, Set.of()), facts);
        assertThat(resolution).isInstanceOf(Resolved.class);
        return (Resolved) resolution;
    }

    private Refusal refused(String target, String parameters, Map<String, Fact> facts) {
        var resolution = resolver.resolve(question("polyaxon", target, parameters, Set.of()), facts);
        assertThat(resolution).isInstanceOf(Refused.class);
        return ((Refused) resolution).refusal();
    }

    private static Question question(String platform, String target, String parameters, Set<String> waived) {
        Installation installation = Recipes.INSTALLATION;
        return new Question(
                platform,
                installation,
                target,
                (com.fasterxml.jackson.databind.node.ObjectNode) Recipes.json("{" + parameters + "}"),
                waived);
    }

    private static PlannedStep step(Resolved plan, String id) {
        return plan.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among " + Recipes.ids(plan.steps())));
    }

    private static Fact number(String json) {
        return Fact.known(Recipes.json(json), "a test");
    }

    private static Map<String, Fact> facts(String version, String survival) {
        return Recipes.facts(
                "installed", "true",
                "version", '"' + version + '"',
                "helmRelease", "{found: true, chart: polyaxon, chartVersion: " + version + "}",
                "values", "{}",
                "coreDeployments", "4",
                "runningPods", "0",
                "runningOperations", "0",
                "kubernetesVersion", "\"1.34.1\"",
                "apiSelector", "{app.kubernetes.io/name: plx-polyaxon-api}",
                "databaseSurvival", '"' + survival + '"',
                "databaseClaim", "the-claim",
                "databaseVolumeClaim", "false",
                "databaseTables", "0");
    }
}
