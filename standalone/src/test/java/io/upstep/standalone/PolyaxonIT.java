package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Polyaxon is upgraded over REST, by a real Helm and on real databases, and what goes wrong is taken back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class PolyaxonIT {
    /** The definition of operations belongs to the cluster, and so to one release of it. */
    private static final String NO_CRD = "{operator: {skipCRD: true}}";

    private static final String AGENT =
            "{agent: {instance: org.agents.one, token: of-no-matter}, operator: {skipCRD: true}}";

    private PolyaxonLab lab;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        lab = PolyaxonLab.start(directory);
    }

    @AfterAll
    void stop() throws IOException {
        if (lab != null) {
            assertThat(lab.verbs().cluster().writes().violations()).isEmpty();
            lab.close();
        }
    }

    @Test
    void shouldGoFrom04To05ByWayOfTheLatest04OnAnExternalDatabase() throws Exception {
        PolyaxonScene scene = zero("plx-zero");

        JsonNode ended = scene.ends(scene.submit("0.5.6", scene.outside()), "SUCCEEDED");

        assertThat(ended.path("path").toString()).isEqualTo("[\"0.4.2\",\"0.4.4\",\"0.5.6\"]");
        assertThat(scene.data())
                .anyMatch(row -> row.contains("0023_auto"))
                .anyMatch(row -> row.contains("project 120"));
        assertThat(ended.at("/completion/running/version/value").asText()).isEqualTo("0.5.6");
    }

    @Test
    void shouldRefuseToTearDownADatabaseThatWouldNotOutliveIt() throws Exception {
        PolyaxonScene scene = lab.platform("plx-empty", PolyaxonServers.OLD).installed("0.4.4", "{}");

        JsonNode refused = scene.ends(scene.submit("0.5.6", "{}"), "REFUSED");

        assertThat(refused.at("/refusal/detail").asText()).contains("where the teardown deletes them");
        assertThat(refused.at("/refusal/evidence").toString()).contains("databaseSurvival = \\\"emptyDir\\\"");
    }

    @Test
    void shouldRefuseOneInTheOldsPlaceAndInstallItBeside() throws Exception {
        PolyaxonScene old = lab.platform("plx-old", PolyaxonServers.NEW)
                .installed(
                        "0.6.1", "{postgresql: {enabled: false}, externalServices: {postgresql: {host: 127.0.0.1}}}");
        JsonNode refused = old.ends(old.submit("1.20.0", old.outside()), "REFUSED");
        assertThat(refused.at("/refusal/code").asText()).isEqualTo("blocked-edge");
        assertThat(refused.at("/refusal/remedy").asText()).contains("new release name");

        PolyaxonScene beside = lab.platform("plx-beside", PolyaxonServers.NEW).installed("none", "{}");
        JsonNode taken = beside.ends(
                beside.submit(
                        "1.20.0",
                        beside.outside().replace("}", ", \"newInstallation\": true, \"databaseName\": \"plx_old\"}")),
                "REFUSED");
        assertThat(taken.at("/refusal/detail").asText()).contains("not empty");
        beside.ends(
                beside.submit(
                        "1.20.0",
                        beside.outside()
                                .replace(
                                        "}",
                                        ", \"newInstallation\": true, \"values\": {\"postgresql\": {\"enabled\": false},"
                                                + " \"operator\": {\"skipCRD\": true},"
                                                + " \"externalServices\": {\"postgresql\": {\"host\": \"127.0.0.1\"}}}}")),
                "SUCCEEDED");

        assertThat(beside.data()).anyMatch(row -> row.contains("0012_alter"));
        assertThat(old.data()).noneMatch(row -> row.contains("coredb"));
    }

    @Test
    void shouldDeleteTheDeploymentsFirstWhenTheirSelectorsChanged() throws Exception {
        PolyaxonScene scene = lab.platform("plx-one", PolyaxonServers.OLD).installed("1.1.0", NO_CRD);

        scene.ends(scene.submit("1.20.0", "{}"), "SUCCEEDED");

        assertThat(scene.data())
                .anyMatch(row -> row.contains("0012_alter"))
                .anyMatch(row -> row.contains("project 120"));
    }

    @Test
    void shouldMoveTheDataFromPostgres11To15() throws Exception {
        PolyaxonScene scene = lab.platform("plx-two", PolyaxonServers.OLD).installed("1.20.0", "{}");

        scene.ends(scene.submit("2.0.4", "{}"), "SUCCEEDED");

        assertThat(scene.database().port()).isEqualTo(lab.servers().port(PolyaxonServers.NEW));
        assertThat(scene.data())
                .anyMatch(row -> row.contains("0013_major_upgrade"))
                .anyMatch(row -> row.contains("project 120"))
                .contains("an artifact")
                .noneMatch(row -> row.contains("coredb,"));
    }

    @Test
    void shouldBringAnAgentToTwo() throws Exception {
        PolyaxonScene scene = lab.agent("plx-agent").installed("1.20.0", AGENT);

        JsonNode ended = scene.ends(scene.submit("2.0.4", "{}"), "SUCCEEDED");

        assertThat(VerbsLab.steps(ended)).contains("delete-deployments PASSED");
        assertThat(scene.objects()).doesNotContainKey("deployments.apps/plx-agent-polyaxon-gateway");
    }

    @Test
    void shouldPutTheOldOneBackWhenTheMigrationTo05GoesWrongHalfway() throws Exception {
        takenBack(zero("plx-zero-back"), "0.5.6", "install-to-0.5.6");
    }

    @Test
    void shouldPutTheOldOneBackWhenTheMigrationWithinOneGoesWrongHalfway() throws Exception {
        takenBack(lab.platform("plx-one-back", PolyaxonServers.OLD).installed("1.1.0", NO_CRD), "1.20.0", "upgrade");
    }

    @Test
    void shouldPutTheOldOneAndItsDataBackWhenTheMigrationToTwoGoesWrongHalfway() throws Exception {
        takenBack(lab.platform("plx-two-back", PolyaxonServers.OLD).installed("1.20.0", NO_CRD), "2.0.4", "upgrade");
    }

    @Test
    void shouldPutTheOldAgentBackWhenTheNewOneDoesNotComeUp() throws Exception {
        PolyaxonScene scene = lab.agent("plx-agent-back").installed("1.20.0", AGENT);
        scene.never("polyaxon/polyaxon-streams:2.0.4");

        takenBack(scene, "2.0.4", "upgrade");
    }

    private PolyaxonScene zero(String namespace) throws Exception {
        return lab.platform(namespace, PolyaxonServers.NEW)
                .installed("0.4.2", "{postgresql: {enabled: false, externalPostgresHost: 127.0.0.1}}");
    }

    private void takenBack(PolyaxonScene scene, String target, String failing) throws Exception {
        Map<String, JsonNode> objects = scene.objects();
        List<String> data = scene.data();
        scene.fails(target);
        boolean external =
                !objects.containsKey("services/" + scene.namespace() + "-postgresql") && scene.database() != null;
        String plan = scene.submit(target, external ? scene.outside() : "{}");
        JsonNode failed = scene.ends(plan, "FAILED");
        assertThat(VerbsLab.steps(failed)).as(failed.toPrettyString()).contains(failing + " FAILED");

        assertThat(lab.client()
                        .act(plan, "rollback", "{\"reason\": \"it went wrong\"}")
                        .statusCode())
                .isEqualTo(200);

        scene.ends(plan, "ROLLED_BACK");
        assertThat(scene.data()).isEqualTo(data);
        assertThat(scene.objects()).isEqualTo(objects);
    }
}
