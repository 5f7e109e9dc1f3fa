package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.CheckSpec;
import io.upstep.event.Fact;
import io.upstep.planner.plan.PlannedStep;
import io.upstep.planner.plan.PlannedStep.Reversibility;
import io.upstep.planner.plan.Refusal;
import io.upstep.planner.plan.Resolution.Refused;
import io.upstep.planner.plan.Resolution.Resolved;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is planned for a Feast, and what is refused, by what was observed of it. */
class FeastPlanTest {
    private static final String DOWN = "acceptDowntime: true";
    private static final String NEW = DOWN + ", databaseName: feast, newDatabaseName: feast_new";
    private static final String BASELINE = "[{version: '1', type: BASELINE, checksum: null, success: true}]";

    private final RecipeResolver resolver = new RecipeResolver(Recipes.builtIn());

    @Test
    void shouldStopCoreProveABackupAndJudgeByTheDatabaseWhenFrom05To06() {
        Resolved plan = resolved("0.6.2", DOWN, facts("0.5.1", "0.5"));

        assertThat(Recipes.ids(plan.steps()))
                .containsExactly(
                        "save-release",
                        "pull-chart",
                        "save-objects",
                        "migrate-configuration",
                        "stop-core",
                        "back-up-database",
                        "prove-backup",
                        "drop-copy",
                        "recover-release",
                        "hand-over-database",
                        "check-data",
                        "upgrade");
        CheckSpec gate = step(plan, "upgrade").checks().get(0);
        assertThat(gate.check()).isEqualTo("postgres.query");
        assertThat(gate.with().get("expected"))
                .isEqualTo(Recipes.json(
                        "['1 BASELINE', '2 1537500232', '2.1 1207281599', '2.2 691271112', '2.3 1579311310', '2.4 1029918198',"
                                + " '2.5 -1571881245']"));
        assertThat(step(plan, "upgrade").with().at("/values/1/inline/feast-core"))
                .isEqualTo(Recipes.json("{replicaCount: 1, image: {tag: 0.6.2}}"));
    }

    /** Undone in reverse order: no core ever starts on tables that are the other's. */
    @Test
    void shouldTakeItBackByStoppingTheNewCoreThenTheDatabaseThenTheRelease() {
        List<String> undos = resolved("0.6.2", DOWN, facts("0.5.1", "0.5")).steps().stream()
                .map(PlannedStep::undo)
                .filter(undo -> !undo.leavesNothing())
                .map(PlannedStep.Undo::action)
                .toList();

        assertThat(undos)
                .containsExactly(
                        "kubernetes.restore-objects",
                        "kubernetes.restore-objects",
                        "helm.rollback",
                        "postgres.restore",
                        "kubernetes.scale");
    }

    @Test
    void shouldNeedTheProvenBackupForWhateverOnlyItTakesBack() {
        Resolved plan = resolved(
                "0.6.2",
                DOWN + ", removeDuplicates: true",
                Recipes.with(facts("0.5.1", "0.5"), "history", fact(BASELINE)));

        assertThat(plan.steps())
                .filteredOn(step -> step.reversibility() != Reversibility.REVERSIBLE)
                .extracting(PlannedStep::id)
                .containsExactly("hand-over-database", "clear-history", "remove-duplicates");
        assertThat(plan.steps())
                .filteredOn(step -> step.reversibility() != Reversibility.REVERSIBLE)
                .allSatisfy(step -> assertThat(step.needs()).containsExactly("database"));
        assertThat(plan.warnings()).anySatisfy(said -> assertThat(said).contains("the plan drops this history"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "schema | \"0.4\" | tables of 0.4 | newDatabaseName",
                "schema | \"0.6\" | that of 0.6 or later already | Put the release back to 0.6",
                "schema | 'empty' | holds no tables of Feast | Give databaseName",
                "schema | 'other' | holds no tables of Feast | Give databaseName",
                "databaseSchema | 'feast' | another schema than public | search_path",
                "history | [{version: '1', type: SQL}, {version: '2', type: SQL}] | says that migrations have run | new one",
                "withoutSource | 2 | without a source | apply them again",
                "duplicatePairs | 1 | more than once | removeDuplicates",
                "mixedSubscriptions | [{name: one}] | loses the others without a word | same form",
                "longSubscriptions | [{name: one, needed: 300, room: 255}] | 2.5 fails on them | wider",
                "values | {postgresql: {persistence: {size: 5Gi}}} | makes a new one up at each upgrade | --set postgresql.postgresqlPassword",
                "missingConstraints | [{name: fk}] | not there under that name | rename constraint",
                "inTheWay | [{name: jobs_stores}] | are there already | rename or drop them",
                "sequenceBehind | true | is behind the ids | setval",
                "helmRelease | {found: false, chart: ''} | no release of this name | helm list",
                "helmRelease | {found: true, chart: kafka} | not of Feast's chart | helm list",
                "coreDeployments | 2 | not exactly one core | a name of its own",
                "databaseSurvival | none | no built-in PostgreSQL | databaseHost",
                "values | {postgresql: {postgresqlPassword: '***'}, feast-core: {application-override.yaml: {spring: {datasource: {url: 'jdbc:postgresql://h:5432/mine?x=y'}}}}}"
                        + " | database of another name | spring.datasource.url",
            })
    void shouldRefuseWithReasonEvidenceAndRemedy(String fact, String value, String reason, String remedy) {
        Refusal refusal = refused("0.6.2", DOWN, Recipes.with(facts("0.5.1", "0.5"), fact, fact(value)));

        assertThat(refusal.code()).isEqualTo("condition-not-met");
        assertThat(refusal.detail()).contains(reason);
        assertThat(refusal.remedy()).contains(remedy);
        assertThat(refusal.evidence()).anySatisfy(line -> assertThat(line).contains(fact));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql: {postgresqlPassword: '***'}, feast-core: {replicaCount: 2, application.yaml: {}}",
                "postgresql: {existingSecret: s}, feast-core: {application-override.yaml: {enabled: true}}",
                "global: {postgresql: {postgresqlPassword: '***'}}, feast-core: {application-override.yaml: {spring: {datasource: {url: 'jdbc:postgresql://h:5432/postgres'}}}}",
                "postgresql: {existingSecret: s}, grafana: {enabled: false}",
            })
    void shouldPlanWhateverElseTheValuesSay(String values) {
        assertThat(resolved("0.6.2", DOWN, Recipes.with(facts("0.5.1", "0.5"), "values", fact("{" + values + "}")))
                        .path())
                .containsExactly("0.5.1", "0.6.2");
    }

    @Test
    void shouldRefuseWhatIsNotKnownAndWhatNobodyHasAgreedTo() {
        assertThat(refused("0.6.2", DOWN, Recipes.with(facts("0.5.1", "0.5"), "schema", Fact.unknown("no answer")))
                        .code())
                .isEqualTo("fact-unknown");
        assertThat(refused("0.6.2", "", facts("0.5.1", "0.5")).detail()).contains("Core is away");
    }

    @Test
    void shouldWarnOfWhatIsLostOrChangesItsMeaning() {
        Map<String, Fact> all = Recipes.with(facts("0.5.1", "0.5"), "unusedSources", fact("3"));
        all = Recipes.with(Recipes.with(all, "namedSubscriptions", fact("1")), "runningJobs", fact("2"));

        assertThat(String.join("\n", resolved("0.6.2", DOWN, all).warnings()))
                .contains(
                        "deleted by migration 2: 3 of them",
                        "Subscriptions of three parts",
                        "Ingestion jobs are running");
    }

    @Test
    void shouldGoOnWhereAnEarlierTryHasStoppedHalfway() {
        Map<String, Fact> half = Recipes.with(facts("0.5.1", "half"), "missingConstraints", fact("[{name: gone}]"));
        half = Recipes.with(Recipes.with(half, "inTheWay", fact("[{name: jobs_stores}]")), "withoutSource", fact("1"));
        half = Recipes.with(
                half,
                "history",
                fact("[{version: '1', type: BASELINE}, {version: '2', type: SQL}, {version: '2.2', type: SQL}]"));

        Resolved plan = resolved("0.6.2", DOWN, half);

        assertThat(Recipes.ids(plan.steps())).doesNotContain("clear-history").contains("check-data", "upgrade");
        assertThat(plan.warnings()).anySatisfy(said -> assertThat(said).contains("goes on at the script that failed"));
        assertThat(refused("0.6.2", DOWN, Recipes.with(half, "duplicatePairs", fact("1")))
                        .detail())
                .contains("more than once");
    }

    /** Migration 2.5 changes data alone, so that the tables are those of 0.6 before it has been done. */
    @Test
    void shouldGoOnWhereOnlyTheLastMigrationIsMissing() {
        String rows = "{version: '1', type: BASELINE, success: true}, {version: '2.4', type: SQL, success: true}";
        Map<String, Fact> late =
                Recipes.with(facts("0.5.1", "0.6"), "history", fact("[" + rows + ", {version: '2.5', success: true}]"));

        Resolved plan = resolved("0.6.2", DOWN, Recipes.with(late, "history", fact("[" + rows + "]")));

        assertThat(plan.warnings()).anySatisfy(said -> assertThat(said).contains("goes on at the script that failed"));
        assertThat(plan.undone())
                .filteredOn(check -> check.check().equals("postgres.query"))
                .extracting(check -> check.with().get("expected").asText())
                .containsExactly("half");
        assertThat(refused("0.6.2", DOWN, late).detail()).contains("that of 0.6 or later already");
    }

    @Test
    void shouldGiveTheNewCoreTheUserAndThePasswordOfItsDatabase() {
        Map<String, Fact> facts = facts("0.4.7", "0.4");

        assertThat(core(resolved("0.6.2", NEW + ", databaseUser: owner", facts)))
                .isEqualTo(Recipes.json(
                        "{application-override.yaml: {spring: {datasource: {url: 'jdbc:postgresql://plx-postgresql:5432/feast_new',"
                                + " username: owner}}}, postgresql: {existingSecret: plx-postgresql}}"));
        Resolved elsewhere =
                resolved("0.6.2", NEW + ", newDatabaseHost: db, newDatabaseUser: six, newDatabaseSecret: s6", facts);
        assertThat(core(elsewhere)
                        .at("/application-override.yaml/spring/datasource/username")
                        .asText())
                .isEqualTo("six");
        assertThat(core(elsewhere).at("/postgresql").isEmpty()).isTrue();
        assertThat(elsewhere.warnings())
                .anySatisfy(said -> assertThat(said).contains("application-secret.yaml.spring"));
    }

    private static JsonNode core(Resolved plan) {
        return step(plan, "upgrade").with().at("/values/3/inline/feast-core");
    }

    @Test
    void shouldNotReplaceABuiltInPostgresWhoseDataWouldGoWithIt() {
        assertThat(refused("0.6.2", NEW, Recipes.with(facts("0.4.7", "0.4"), "databaseSurvival", fact("emptyDir")))
                        .detail())
                .contains("0.4 could not be put back");
    }

    @ParameterizedTest
    @CsvSource({
        "0.4.6, 0.4.7, \"0.4\", false",
        "0.5.0, 0.5.1, \"0.5\", true",
        "0.8.2, 0.8.3, \"0.8\", true",
    })
    void shouldAskForTheVersionOnlyACoreThatCanTellIt(String from, String to, String schema, boolean asked) {
        Resolved plan = resolved(to, DOWN, facts(from, schema.replace("\"", "")));

        assertThat(plan.exit().stream().anyMatch(check -> check.check().equals("grpc.call")))
                .isEqualTo(asked);
        assertThat(step(plan, "pull-chart").with().at("/charts/0/version").asText())
                .isEqualTo(to.equals("0.8.3") ? "0.8.3-SNAPSHOT" : to);
    }

    @Test
    void shouldMakeANewDatabaseBesideTheOldOneWhenFrom04To06() {
        Resolved plan = resolved("0.6.2", NEW, facts("0.4.7", "0.4"));

        assertThat(Recipes.ids(plan.steps()))
                .containsSubsequence("create-database", "stop-core", "prove-backup", "recover-release", "upgrade")
                .doesNotContain("hand-over-database");
        assertThat(step(plan, "create-database").undo().action()).isEqualTo("postgres.drop-database");
        assertThat(step(plan, "create-database")
                        .with()
                        .at("/connection/database")
                        .asText())
                .isEqualTo("feast_new");
        assertThat(step(plan, "back-up-database")
                        .with()
                        .at("/connection/database")
                        .asText())
                .isEqualTo("feast");
        assertThat(step(plan, "upgrade").with().toString()).contains("jdbc:postgresql://plx-postgresql:5432/feast_new");
        assertThat(step(plan, "upgrade")
                        .checks()
                        .get(0)
                        .with()
                        .get("expected")
                        .get(0)
                        .asText())
                .isEqualTo("1 1091472110");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "newDatabaseName: feast | newDatabaseThere | true | the database that core 0.4 uses",
                "newDatabaseName: postgres | newDatabaseThere | true | belongs to the server",
                "newDatabaseName: taken | newDatabaseHolds | [{name: public.lone}] | Even a single sequence",
                "newDatabaseName: fresh | schema | \"0.5\" | has not the tables of 0.4",
            })
    void shouldRefuseTheOldDatabaseAndOneThatIsNotEmpty(String name, String fact, String value, String reason) {
        Map<String, Fact> there = Recipes.with(facts("0.4.7", "0.4"), "newDatabaseThere", fact("true"));

        assertThat(refused("0.6.2", DOWN + ", databaseName: feast, " + name, Recipes.with(there, fact, fact(value)))
                        .detail())
                .contains(reason);
    }

    @Test
    void shouldGoNoFartherFrom04ThanTo06InOnePlan() {
        assertThat(refused("0.7.2", NEW, facts("0.4.7", "0.4")).remedy()).contains("Submit a plan to 0.6.2 first");
        assertThat(refused("0.6.2", DOWN, facts("0.4.7", "0.4")).code()).isEqualTo("blocked-edge");
    }

    @Test
    void shouldRefuseNamesThat07DoesNotTakeAlsoWhenItIsTheSecondEdge() {
        Map<String, Fact> named =
                Recipes.with(facts("0.5.1", "0.5"), "refusedNames", fact("[{kind: project, name: my-rides}]"));

        assertThat(refused("0.7.2", DOWN, named).detail()).contains("names with a dash");
        assertThat(resolved("0.7.2", DOWN + ", leaveNames: true", named).warnings())
                .anySatisfy(said -> assertThat(said).contains("every change of it is refused"));
        assertThat(resolved("0.7.2", DOWN, facts("0.5.1", "0.5")).path()).containsExactly("0.5.1", "0.6.2", "0.7.2");
    }

    @Test
    void shouldGiveBackAsManyCoresAsThereWereAndAskCoreOnlyWhereItTells() {
        Resolved plan = resolved(
                "0.6.2", DOWN + ", askCore: false", Recipes.with(facts("0.5.1", "0.5"), "coreReplicas", fact("3")));

        assertThat(step(plan, "scale-out")
                        .with()
                        .at("/values/0/set/feast-core/replicaCount")
                        .asInt())
                .isEqualTo(3);
        assertThat(plan.exit()).extracting(CheckSpec::check).doesNotContain("grpc.call");
        assertThat(resolved("0.6.2", DOWN, facts("0.5.1", "0.5")).exit())
                .extracting(CheckSpec::check)
                .contains("grpc.call", "postgres.same-data");
    }

    @Test
    void shouldTakeTheChartsByTheVersionsTheyCallThemselves() {
        Resolved plan = resolved("0.6.1", DOWN, facts("0.5.1", "0.5"));

        assertThat(step(plan, "pull-chart").with().at("/charts/0/version").asText())
                .isEqualTo("0.6.1-SNAPSHOT");
        assertThat(step(plan, "upgrade").with().at("/chart/version").asText()).isEqualTo("0.6.1-SNAPSHOT");
        assertThat(plan.exit())
                .filteredOn(check -> check.check().equals("kubernetes.version"))
                .extracting(check -> check.with().get("expected").asText())
                .containsExactly("0.6.1");
    }

    private Resolved resolved(String target, String parameters, Map<String, Fact> facts) {
        var resolution = resolver.resolve(Recipes.question("feast", target, parameters), facts);
        assertThat(resolution).as(resolution.toString()).isInstanceOf(Resolved.class);
        return (Resolved) resolution;
    }

    private Refusal refused(String target, String parameters, Map<String, Fact> facts) {
        var resolution = resolver.resolve(Recipes.question("feast", target, parameters), facts);
        assertThat(resolution).isInstanceOf(Refused.class);
        return ((Refused) resolution).refusal();
    }

    private static PlannedStep step(Resolved plan, String id) {
        return plan.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among " + Recipes.ids(plan.steps())));
    }

    private static Fact fact(String json) {
        JsonNode value = Recipes.json(json);
        return Fact.known(value, "a test");
    }

    private static Map<String, Fact> facts(String version, String schema) {
        return Recipes.facts(
                "installed", "true",
                "version", '"' + version + '"',
                "helmRelease", "{found: true, chart: feast, chartVersion: '" + version + "'}",
                "values", "{postgresql: {existingSecret: feast-postgresql}}",
                "coreDeployments", "1",
                "coreReplicas", "1",
                "kubernetesVersion", "\"1.34.1\"",
                "databaseSurvival", "stateful-claim",
                "schema", '"' + schema + '"',
                "history", "[]",
                "databaseSchema", "public",
                "withoutSource", "0",
                "duplicatePairs", "0",
                "mixedSubscriptions", "[]",
                "namedSubscriptions", "0",
                "longSubscriptions", "[]",
                "missingConstraints", "[]",
                "inTheWay", "[]",
                "sequenceBehind", "false",
                "unusedSources", "0",
                "runningJobs", "0",
                "refusedNames", "[]",
                "newDatabaseThere", "false",
                "newDatabaseHolds", "[]");
    }
}
