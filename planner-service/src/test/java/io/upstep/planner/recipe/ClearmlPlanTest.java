package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** What is planned for a ClearML Server, and what is refused, by what was observed of it. */
class ClearmlPlanTest {
    private static final String DOWN = "acceptDowntime: true";
    private static final String TRAINS_PATHS =
            "[{workload: elasticsearch, volume: elasticsearch-hostpath, mountPath: /usr/share/elasticsearch/data,"
                    + " type: hostPath, path: /opt/trains/data/elastic}, {workload: mongo, volume: mongo-hostpath0,"
                    + " mountPath: /data/db, type: hostPath, path: /opt/trains/data/mongo/db}, {workload: redis, volume:"
                    + " redis-data, mountPath: /data, type: hostPath, path: /opt/trains/data/redis}, {workload: fileserver,"
                    + " volume: files, mountPath: /mnt/fileserver, type: hostPath, path: /opt/trains/data/fileserver},"
                    + " {workload: apiserver, volume: config, mountPath: /opt/trains/config, type: hostPath, path:"
                    + " /opt/trains/config}]";

    private final RecipeResolver resolver = new RecipeResolver(Recipes.builtIn());

    @Test
    void shouldBackUpProveCopyAndOnlyThenHandOverWhenFromTrains015() {
        Resolved plan = resolved("0.16.0", DOWN, trains());

        assertThat(Recipes.ids(plan.steps()))
                .containsExactly(
                        "save-objects",
                        "look-at-disk",
                        "stop-writers",
                        "note-mongo",
                        "flush",
                        "shut-down",
                        "back-up",
                        "unpack-backup",
                        "start-source",
                        "prove-backup",
                        "remove-proof",
                        "prepare-target",
                        "start-target",
                        "put-templates",
                        "copy-indices",
                        "remove-nodes",
                        "set-old-aside",
                        "set-elasticsearch",
                        "set-image",
                        "hand-over-data",
                        "start-stores",
                        "start-servers",
                        "start-agents");
        assertThat(step(plan, "copy-indices").with().toString())
                .contains("\"remote\":\"http://plx-upstep-elasticsearch5:9200\"", "\"events-plot-*\":100")
                .doesNotContain("requestsPerSecond");
        assertThat(step(plan, "start-servers").reversibility()).isEqualTo(Reversibility.RESTORABLE);
        assertThat(step(plan, "set-image").with().toString()).contains("allegroai/trains-server:0.16.0-306");
    }

    @Test
    void shouldHaveTheGuidesJobCopyAndTheCountsComparedAllTheSame() {
        Resolved plan = resolved("0.16.0", DOWN + ", copy: job", trains());

        assertThat(Recipes.ids(plan.steps()))
                .contains("copy-by-job")
                .doesNotContain("copy-indices")
                .containsSubsequence("start-target", "copy-by-job", "remove-nodes");
        assertThat(step(plan, "copy-by-job").checks())
                .anySatisfy(check -> assertThat(check.check()).isEqualTo("elasticsearch.counts-equal"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "helmRelease | {found: true, chart: trains-server-chart} | is a Helm release | helm uninstall",
                "elasticsearchVersion | '\"7.6.2\"' | another version runs | 5.6",
                "trainsNodes | {count: 0, names: [], ready: 0, memoryBytes: 0} | exactly one node | kubectl label node",
                "trainsNodes | {count: 2, names: [a, b], ready: 2, memoryBytes: 9000000000} | exactly one node | no other",
                "trainsNodes | {count: 1, names: [a], ready: 1, memoryBytes: 7900000000} | less than the 8 GB | more memory",
                "elasticsearchDisk | {dataBytes: 10, totalBytes: 100, availableBytes: 49, usedPercent: 51.0, readOnly: []} | twice the data | Make room",
                "elasticsearchDisk | {dataBytes: 1, totalBytes: 100, availableBytes: 99, usedPercent: 86.1, readOnly: []} | so full | Make room",
                "elasticsearchDisk | {dataBytes: 1, totalBytes: 100, availableBytes: 99, usedPercent: 9, readOnly: [a]} | read-only | release them",
                "paths | [{workload: elasticsearch, type: nfs, path: /base/data/elastic, server: nas}] | one shared directory | hostPath",
                "paths | [{workload: elasticsearch, type: hostPath, path: /data/elastic}] | not keep its data in the directory elastic | dataPath",
            })
    void shouldRefuseToMigrateElasticsearchWhereItWouldNotEndWell(
            String fact, String value, String reason, String remedy) {
        Map<String, Fact> facts =
                Recipes.with(trains(), fact, Fact.known(Recipes.json(value.replace("'", "")), "a test"));

        Refusal refusal = refused("0.16.0", DOWN, facts);

        assertThat(refusal.code()).isEqualTo("condition-not-met");
        List<String> said = new java.util.ArrayList<>(refusal.evidence());
        said.add(refusal.detail());
        assertThat(String.join("\n", said)).contains(reason);
        assertThat(refusal.remedy()).contains(remedy);
    }

    @Test
    void shouldTellBothReadingsWhenThereIsNotEnoughRoom() {
        Map<String, Fact> facts = Recipes.with(
                trains(),
                "elasticsearchDisk",
                Fact.known(
                        Recipes.json(
                                "{dataBytes: 10, totalBytes: 100, availableBytes: 49, usedPercent: 51.0, readOnly: []}"),
                        "a test"));

        assertThat(String.join("\n", refused("0.16.0", DOWN, facts).evidence()))
                .contains("\"dataBytes\":10", "\"totalBytes\":100", "\"availableBytes\":49");
        assertThat(resolved("0.16.0", DOWN + ", diskReservePercent: 20", facts).path())
                .containsExactly("0.15.1", "0.16.0");
    }

    @Test
    void shouldRefuseWithoutDowntimeTheGuidesChartAndArchivesAmongTheData() {
        assertThat(refused("0.16.0", "acceptDowntime: false", trains()).remedy())
                .contains("\"acceptDowntime\": true");
        assertThat(refused("0.16.0", DOWN + ", copy: helm", trains()).detail())
                .contains("PersistentVolumes of the names", "both Elasticsearch the same directory");
        assertThat(refused("0.16.0", DOWN + ", backupPath: /opt/trains/data/backup", trains())
                        .detail())
                .contains("in the directory that is archived");
    }

    @Test
    void shouldRefuseWhatNobodyCouldObserve() {
        Refusal refusal =
                refused("0.16.0", DOWN, Recipes.with(trains(), "elasticsearchDisk", Fact.unknown("it is down")));

        assertThat(refusal.code()).isEqualTo("fact-unknown");
        assertThat(refusal.detail()).contains("elasticsearchDisk");
    }

    @Test
    void shouldWarnOfIndicesThatAreNotCopied() throws Exception {
        Fact more = Fact.known(new ObjectMapper().readTree("{\"events-log-a\": 5, \"mine\": 1}"), "test");

        assertThat(resolved("0.16.0", DOWN, trains()).warnings())
                .noneSatisfy(warning -> assertThat(warning).contains("are not copied"));
        assertThat(resolved("0.16.0", DOWN, Recipes.with(trains(), "elasticsearchIndices", more))
                        .warnings())
                .anySatisfy(warning -> assertThat(warning).contains("are not copied"));
    }

    @Test
    void shouldWarnAndPlanAllTheSameWhenTheServerDoesNotTellItsVersion() {
        assertThat(resolved("0.16.0", DOWN, Recipes.with(trains(), "serverVersion", Fact.unknown("it is down")))
                        .warnings())
                .anySatisfy(warning -> assertThat(warning).contains("the tag was believed"));
    }

    @Test
    void shouldMoveEveryDirectoryAndTheNodesLabelWhenTrainsBecomesClearml() {
        Resolved plan = resolved("0.17.0", DOWN, trains());

        assertThat(plan.path()).containsExactly("0.15.1", "0.16.1", "0.17.0");
        assertThat(step(plan, "set-fileserver-to-0.17.0").with().toString())
                .contains("{\"name\":\"files\",\"hostPath\":{\"path\":\"/opt/clearml/data/fileserver\"}}");
        assertThat(step(plan, "set-apiserver-to-0.17.0").with().toString()).contains("/opt/clearml/config");
        assertThat(step(plan, "label-node-to-0.17.0").with().toString()).contains("\"name\":\"one\"", "clearml");
        assertThat(step(plan, "move-home-to-0.17.0").with().toString())
                .contains("{\"name\":\"OLD\",\"value\":\"trains\"}", "{\"name\":\"NEW\",\"value\":\"clearml\"}");
    }

    /** Before anything is stopped. */
    @Test
    void shouldLookWhetherTheNewNameIsFree() {
        JsonNode look = step(
                        resolved("0.17.0", DOWN, facts("0.16.1", "7.6.2", "3.6.5", TRAINS_PATHS, "app=trains")),
                        "look-at-disk")
                .with();

        assertThat(look.get("env").toString()).contains("{\"name\":\"NEW\",\"value\":\"clearml\"}");
        assertThat(look.get("mounts").toString()).contains("/data", "/backup", "/host");
        assertThat(look.get("volumes").toString()).contains("\"path\":\"/opt\"");
        assertThat(look.get("command").toString()).contains("expected nothing in clearmlPath");
    }

    @Test
    void shouldRefuseToRenameWhatCannotBeRenamed() {
        assertThat(refused("0.17.0", DOWN + ", clearmlPath: /srv/clearml", trains())
                        .detail())
                .contains("only be renamed within the directory");
        Map<String, Fact> both =
                Recipes.with(trains(), "clearmlNodes", Fact.known(Recipes.json("{count: 1, names: [two]}"), "a test"));
        assertThat(refused("0.17.0", DOWN, both).detail()).contains("labels app=trains and app=clearml both");
    }

    @ParameterizedTest
    @CsvSource({
        "3.6, start-mongo-4-0 set-compatibility-4-0 start-mongo-4-2 set-compatibility-4-2 start-mongo-4-4 set-compatibility-4-4",
        "4.0, start-mongo-4-2 set-compatibility-4-2 start-mongo-4-4 set-compatibility-4-4",
        "4.2, start-mongo-4-4 set-compatibility-4-4",
    })
    void shouldGoOnAtTheRoundWhereTheCompatibilityIs(String compatibility, String rounds) {
        Map<String, Fact> facts = Recipes.with(
                clearml("1.1.1", "3.6.5"),
                "mongoCompatibility",
                Fact.known(Recipes.json('"' + compatibility + '"'), "a test"));

        assertThat(Recipes.ids(resolved("1.3.1", DOWN, facts).steps()))
                .filteredOn(id -> id.startsWith("start-mongo-") || id.startsWith("set-compatibility-"))
                .containsExactly(rounds.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.4.24", "4.4.9", "5.0.26"})
    void shouldRefuseAMongoThatNoRoundLeadsOn(String version) {
        assertThat(refused("1.3.1", DOWN, clearml("1.1.1", version)).detail()).contains("none that leads to 4.4");
    }

    @Test
    void shouldRefuseTheNextDatabaseWhereCompatibilityWasNotRaised() {
        Map<String, Fact> behind = Recipes.with(
                clearml("1.17.1", "5.0.26"), "mongoCompatibility", Fact.known(Recipes.json("\"4.4\""), "a test"));

        assertThat(refused("2.0.0", DOWN, behind).detail()).contains("not the one that the next MongoDB needs");
        assertThat(refused("2.0.0", DOWN, behind).remedy()).contains("setFeatureCompatibilityVersion");
    }

    @Test
    void shouldSetTheDatabasesOfTheTarget() {
        Map<String, Fact> facts = Recipes.with(
                clearml("1.16.2", "4.4.29"), "mongoCompatibility", Fact.known(Recipes.json("\"4.4\""), "a test"));

        Resolved plan = resolved("2.0.0", DOWN, facts);

        assertThat(plan.path()).containsExactly("1.16.2", "1.17.1", "2.0.0");
        assertThat(step(plan, "set-mongo-to-1.17.1").with().get("tag").asText()).isEqualTo("5.0.26");
        assertThat(step(plan, "set-compatibility-to-1.17.1").with().get("to").asText())
                .isEqualTo("5.0");
        assertThat(step(plan, "set-mongo-to-2.0.0").with().get("tag").asText()).isEqualTo("6.0.19");
        assertThat(step(plan, "set-elasticsearch-to-2.0.0").with().toString()).contains("elasticsearch:8.17.0");
    }

    /** A healthy server names no error at all; a flag that is false is nowhere in its answer. */
    @Test
    void shouldExpectThatTheServerNamesNoError() {
        Resolved plan = resolved("0.16.0", DOWN, trains());

        assertThat(java.util.stream.Stream.concat(step(plan, "start-servers").checks().stream(), plan.exit().stream())
                        .filter(check -> check.with().toString().contains("fixed_users_mode")))
                .hasSize(2)
                .allSatisfy(check -> {
                    assertThat(check.with().get("pointer").asText()).isEqualTo("/data/server_errors");
                    assertThat(check.with().get("expected")).isEqualTo(Recipes.json("{}"));
                });
    }

    @Test
    void shouldLookForTheTemplatesThatTheTargetHas() {
        Map<String, Fact> facts = Recipes.with(
                clearml("1.13.1", "4.4.9"), "mongoCompatibility", Fact.known(Recipes.json("\"4.4\""), "a test"));

        assertThat(templates(resolved("1.14.1", DOWN, facts))).contains("events", "worker_stats");
        assertThat(templates(resolved("1.16.2", DOWN, facts)))
                .contains("events_training_stats_scalar", "worker_stats")
                .doesNotContain("events");
    }

    private static List<String> templates(Resolved plan) {
        List<String> names = new java.util.ArrayList<>();
        plan.exit().stream()
                .filter(check -> check.check().equals("elasticsearch.templates"))
                .forEach(check -> check.with().get("names").forEach(name -> names.add(name.asText())));
        return names;
    }

    @Test
    void shouldNeverStartAnOlderElasticsearchOnADirectoryThanTheOneThatRuns() {
        Map<String, Fact> newer = Recipes.with(
                Recipes.with(
                        clearml("1.11.0", "4.4.29"),
                        "mongoCompatibility",
                        Fact.known(Recipes.json("\"4.4\""), "a test")),
                "elasticsearchVersion",
                Fact.known(Recipes.json("\"7.17.18\""), "a test"));

        Resolved plan = resolved("1.12.1", DOWN, newer);

        assertThat(step(plan, "prove-backup").with().toString())
                .contains("elasticsearch:7.17.18", "mongo:4.4.29")
                .doesNotContain("7.6.2", "4.4.9");
        assertThat(step(plan, "set-elasticsearch").with().toString()).contains("elasticsearch:7.17.18");
        assertThat(step(plan, "start-stores").checks().toString()).contains("\"version\":\"7.17");
    }

    @Test
    void shouldStartAsManyAgentsOfTheClusterAsThereWere() {
        Map<String, Fact> facts = Recipes.with(trains(), "workers", Fact.known(Recipes.json("3"), "a test"));

        assertThat(step(resolved("0.16.0", DOWN, facts), "start-workers")
                        .with()
                        .get("replicas")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void shouldRefuseANodeWhoseLabelIsNotTheOneTheVersionLooksFor() {
        Map<String, Fact> labelled = facts("0.16.0", "7.6.2", "3.6.5", TRAINS_PATHS, "app=clearml");

        assertThat(refused("0.16.1", DOWN, labelled).remedy()).contains("app=trains");
    }

    private Resolved resolved(String target, String parameters, Map<String, Fact> facts) {
        var resolution = resolver.resolve(
                Recipes.question("clearml", target, parameters + ", tags: {0.16.0: 0.16.0-306}"), facts);
        assertThat(resolution).as(resolution.toString()).isInstanceOf(Resolved.class);
        return (Resolved) resolution;
    }

    private Refusal refused(String target, String parameters, Map<String, Fact> facts) {
        var resolution = resolver.resolve(Recipes.question("clearml", target, parameters), facts);
        assertThat(resolution).isInstanceOf(Refused.class);
        return ((Refused) resolution).refusal();
    }

    private static PlannedStep step(Resolved plan, String id) {
        return plan.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among " + Recipes.ids(plan.steps())));
    }

    private static Map<String, Fact> trains() {
        return facts("0.15.1", "5.6.16", "3.6.5", TRAINS_PATHS, "app=trains");
    }

    private static Map<String, Fact> clearml(String version, String mongo) {
        return facts(version, "7.6.2", mongo, TRAINS_PATHS.replace("trains", "clearml"), "app=clearml");
    }

    private static Map<String, Fact> facts(
            String version, String elasticsearch, String mongo, String paths, String label) {
        String one = "{count: 1, names: [one], ready: 1, memoryBytes: 16000000000}";
        String none = "{count: 0, names: [], ready: 0, memoryBytes: 0}";
        return Recipes.facts(
                "installed",
                "true",
                "version",
                '"' + version + '"',
                "serverVersion",
                '"' + version + '"',
                "helmRelease",
                "{found: false, chart: ''}",
                "agents",
                "1",
                "workers",
                "0",
                "trainsNodes",
                label.equals("app=trains") ? one : none,
                "clearmlNodes",
                label.equals("app=clearml") ? one : none,
                "paths",
                paths,
                "elasticsearchVersion",
                '"' + elasticsearch + '"',
                "elasticsearchDisk",
                "{dataBytes: 10, totalBytes: 1000, availableBytes: 900, usedPercent: 10.0, readOnly: []}",
                "elasticsearchIndices",
                "{events-log-a: 5}",
                "elasticsearchTemplates",
                "[events]",
                "mongoVersion",
                '"' + mongo + '"',
                "mongoCompatibility",
                "\"3.6\"");
    }
}
