package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.simulator.Hold;
import io.upstep.simulator.controller.Behaviour;
import io.upstep.simulator.servers.PachydermEtcd;
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

/** Pachyderm is upgraded over REST on the same volumes, moved where that cannot be, and what goes wrong is taken back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class PachydermIT {
    private PachydermLab lab;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        lab = PachydermLab.start(directory);
    }

    @AfterAll
    void stop() throws IOException {
        if (lab != null) {
            assertThat(lab.verbs().cluster().writes().violations()).isEmpty();
            lab.close();
        }
    }

    @Test
    void shouldComeUpOnTheSameVolumeWhenEtcdIsStuckPending() throws Exception {
        PachydermEtcd etcd = PachydermEtcd.filled(2);
        PachydermScene scene = lab.scene("pach-pending").deployed("1.7.3", etcd);
        Map<String, String> claims = scene.claims();
        lab.verbs().cluster().knobs().image(scene.image(), Behaviour.BROKEN);

        String plan = scene.submit("1.7.11", "{}");
        lab.verbs().awaitStep(plan, "recover-etcd RUNNING");
        await("the stuck pod to be deleted")
                .atMost(PachydermLab.PATIENCE)
                .until(() -> lab.client().plan(plan).toString().contains("deleting Pod etcd-0")
                        || lab.client()
                                .get("plans/" + plan + "/journal?limit=1000")
                                .toString()
                                .contains("deleting Pod etcd-0"));
        lab.verbs().cluster().knobs().image(scene.image(), Behaviour.GOOD);

        JsonNode ended = scene.ends(plan, "SUCCEEDED");
        assertThat(scene.claims()).isEqualTo(claims);
        assertThat(scene.etcd()).isSameAs(etcd);
        assertThat(etcd.writtenBy()).isEqualTo("1.7.11");
        assertThat(etcd.running()).containsEntry("edges-1", true).containsEntry("edges-2", false);
        assertThat(ended.at("/completion/running/version/value").asText()).isEqualTo("1.7.11");
        assertThat(ended.toString()).contains("ADDRESS=<host of a node>:30650").doesNotContain("hunter2");
    }

    @Test
    void shouldGoOnWhereItWasWhenSomebodyElsesObjectIsInTheWay() throws Exception {
        PachydermEtcd etcd = PachydermEtcd.filled(1);
        PachydermScene scene = lab.scene("pach-exists").deployed("1.7.3", etcd);
        Map<String, String> claims = scene.claims();
        Hold hold = lab.verbs()
                .cluster()
                .knobs()
                .hold(
                        request -> request.method().equals("POST")
                                && request.path().endsWith("/namespaces/pach-exists/serviceaccounts"),
                        1);
        String plan = scene.submit("1.7.11", "{}");
        await("the redeploy to begin").atMost(PachydermLab.PATIENCE).until(() -> hold.held() == 1);
        made("pach-exists", "Secret", "pachyderm-storage-secret", "pachyderm-storage-secret", "");
        made("pach-exists", "Deployment", "dash", "dash", DASH);
        hold.release();

        JsonNode failed = scene.ends(plan, "FAILED");
        assertThat(VerbsLab.steps(failed)).contains("deploy FAILED");
        assertThat(failed.toString())
                .contains("already-exists", "no Deployment dash that this plan has not made")
                .doesNotContain("no Secret");
        try (KubernetesClient client = lab.kubernetes()) {
            client.apps()
                    .deployments()
                    .inNamespace("pach-exists")
                    .withName("dash")
                    .delete();
        }
        assertThat(lab.client()
                        .act(plan, "retry", "{\"reason\": \"it is gone\"}")
                        .statusCode())
                .isEqualTo(200);

        scene.ends(plan, "SUCCEEDED");
        assertThat(scene.claims()).isEqualTo(claims);
        assertThat(etcd.writtenBy()).isEqualTo("1.7.11");
    }

    private static final String DASH = "spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}},"
            + " spec: {containers: [{name: a, image: 'of/somebody:1'}]}}}";

    private void made(String namespace, String kind, String name, String app, String more) {
        try (KubernetesClient client = lab.kubernetes()) {
            client.resource(
                            "apiVersion: %s\nkind: %s\nmetadata: {name: %s, namespace: %s, labels: {app: %s, suite: pachyderm}}\n%s"
                                    .formatted(
                                            kind.equals("Secret") ? "v1" : "apps/v1", kind, name, namespace, app, more))
                    .create();
        }
    }

    @Test
    void shouldPutTheOldOneBackWhenEtcdDoesNotComeUp() throws Exception {
        PachydermEtcd etcd = PachydermEtcd.filled(2);
        PachydermScene scene = lab.scene("pach-back").deployed("1.7.3", etcd);
        Map<String, JsonNode> objects = scene.objects();
        Map<String, String> claims = scene.claims();
        scene.crashes(start -> true);

        String plan = scene.submit("1.7.11", "{}");

        JsonNode failed = scene.ends(plan, "FAILED");
        assertThat(VerbsLab.steps(failed)).contains("recover-etcd FAILED");
        assertThat(failed.toString()).contains("pods-stuck", "after 2 pods were deleted");
        scene.crashes(start -> start == 1);
        assertThat(lab.client()
                        .act(plan, "rollback", "{\"reason\": \"etcd stays away\"}")
                        .statusCode())
                .isEqualTo(200);

        JsonNode back = scene.ends(plan, "ROLLED_BACK");
        assertThat(scene.claims()).isEqualTo(claims);
        assertThat(scene.objects()).isEqualTo(objects);
        assertThat(etcd.writtenBy()).isEqualTo("1.7.3");
        assertThat(etcd.running()).containsEntry("edges-1", true).containsEntry("edges-2", false);
        assertThat(back.at("/completion/running/version/value").asText()).isEqualTo("1.7.3");
    }

    @Test
    void shouldReach17OnlyByWayOfTheLast16AndOnlyWhenSomebodyAnswersForIt() throws Exception {
        PachydermEtcd etcd = PachydermEtcd.filled(1);
        PachydermScene scene = lab.scene("pach-six").deployed("1.6.9", etcd);
        Map<String, String> claims = scene.claims();

        JsonNode refused = scene.ends(scene.submit("1.7.11", "{}"), "REFUSED");
        assertThat(refused.at("/refusal").toString()).contains("metadata");

        JsonNode ended = scene.ends(scene.submitWaived("1.7.11"), "SUCCEEDED");

        assertThat(ended.path("path").toString()).isEqualTo("[\"1.6.9\",\"1.6.10\",\"1.7.11\"]");
        assertThat(etcd.writtenBy()).isEqualTo("1.7.11");
        assertThat(scene.claims()).isEqualTo(claims);
        assertThat(VerbsLab.steps(ended)).anyMatch(step -> step.startsWith("extract") && step.endsWith("PASSED"));
    }

    @Test
    void shouldGoFrom111To113OnTheSameVolume() throws Exception {
        PachydermEtcd etcd = PachydermEtcd.filled(1);
        PachydermScene scene = lab.scene("pach-late").deployed("1.11.9", etcd);
        Map<String, String> claims = scene.claims();

        JsonNode ended = scene.ends(scene.submitWaived("1.13.4"), "SUCCEEDED");

        assertThat(ended.path("path").toString()).isEqualTo("[\"1.11.9\",\"1.12.5\",\"1.13.4\"]");
        assertThat(etcd.writtenBy()).isEqualTo("1.13.4");
        assertThat(scene.claims()).isEqualTo(claims);
        assertThat(ended.toString()).contains("PACHD_ADDRESS=<host of a node>:30650");
    }

    @Test
    void shouldMoveWhatCannotBeUpgradedInPlace() throws Exception {
        PachydermEtcd etcd = PachydermEtcd.filled(2);
        PachydermScene old = lab.scene("pach-old").deployed("1.7.11", etcd);
        JsonNode refused = old.ends(old.submit("1.8.8", "{}"), "REFUSED");
        assertThat(refused.at("/refusal/code").asText()).isEqualTo("blocked-edge");
        assertThat(refused.at("/refusal/remedy").asText()).contains("migrateFrom", "new, empty namespace");

        PachydermScene moved = lab.scene("pach-new").prepared().failsRestoreAfter(9);
        String from = "{\"migrateFrom\": \"127.0.0.1\", \"migrateFromPort\": "
                + old.pachd().port() + ", \"cloneImage\": \"of/somebody:1\"}";
        assertThat(moved.ends(moved.submit("1.8.2", from), "REFUSED")
                        .at("/refusal/detail")
                        .asText())
                .contains("1.8.0 to 1.8.2 cannot restore");
        String plan = moved.submit("1.8.8", from);
        JsonNode failed = moved.ends(plan, "FAILED");
        assertThat(failed.toString()).contains("parent commit has not been finished");
        assertThat(etcd.running()).containsEntry("edges-1", false);
        assertThat(lab.client()
                        .act(plan, "rollback", "{\"reason\": \"half restored\"}")
                        .statusCode())
                .isEqualTo(200);
        moved.ends(plan, "ROLLED_BACK");
        assertThat(etcd.running()).containsEntry("edges-1", true).containsEntry("edges-2", false);
        assertThat(moved.claims()).hasSize(1);

        assertThat(moved.ends(moved.submit("1.8.8", from), "REFUSED")
                        .at("/refusal/detail")
                        .asText())
                .contains("claims of an etcd already");
        try (KubernetesClient client = lab.kubernetes()) {
            client.persistentVolumeClaims().inNamespace("pach-new").delete();
        }
        moved.failsRestoreAfter(Integer.MAX_VALUE);
        JsonNode ended = moved.ends(moved.submit("1.8.8", from), "SUCCEEDED");

        assertThat(moved.etcd()).isNotSameAs(etcd);
        assertThat(moved.etcd().repoNames()).isEqualTo(etcd.repoNames());
        assertThat(moved.etcd().commits("images-1")).isEqualTo(etcd.commits("images-1"));
        assertThat(etcd.writtenBy()).isEqualTo("1.7.11");
        assertThat(ended.at("/completion/running/version/value").asText()).isEqualTo("1.8.8");
    }

    @Test
    void shouldRefuseWhatWouldLoseTheMetadata() throws Exception {
        PachydermScene scene = lab.scene("pach-node")
                .deployed("1.7.3", PachydermEtcd.filled(1), "local --host-path /data --local-roles");
        for (List<String> asked : List.of(
                List.of("1.7.11", "{}", "does not keep its metadata on a claim"),
                List.of("1.7.11", "{\"argumentsSecret\": \"\"}", "not said with which arguments"),
                List.of("1.7.11", "{\"acceptDowntime\": false}", "Pachyderm is away"))) {
            JsonNode refused = scene.ends(scene.submit(asked.get(0), asked.get(1)), "REFUSED");
            assertThat(refused.path("refusal").toString()).contains(asked.get(2));
        }
    }

    @Test
    void shouldChangeNothingWhenTheArgumentsAreOthers() throws Exception {
        PachydermEtcd etcd = PachydermEtcd.filled(1);
        PachydermScene scene = lab.scene("pach-args").deployed("1.7.3", etcd);
        Map<String, JsonNode> objects = scene.objects();
        try (KubernetesClient client = lab.kubernetes()) {
            client.secrets().inNamespace("pach-args").withName("deploy").edit(secret -> {
                secret.setStringData(
                        Map.of("arguments", "amazon bucket us-east-1 10 --dynamic-etcd-nodes=3 --local-roles"));
                return secret;
            });
        }
        objects = scene.objects();

        JsonNode failed = scene.ends(scene.submit("1.7.11", "{}"), "FAILED");

        assertThat(failed.toString()).contains("deploy-arguments-differ", "StatefulSet etcd is 1 of it");
        assertThat(scene.objects()).isEqualTo(objects);
        assertThat(etcd.writtenBy()).isEqualTo("1.7.3");
    }
}
