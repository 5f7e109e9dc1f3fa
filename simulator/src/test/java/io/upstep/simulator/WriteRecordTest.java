package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.upstep.simulator.audit.Write;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteRecordTest {
    private final SimulatedCluster cluster =
            SimulatedCluster.start(Options.named("local").withoutFencing().withWritesKept(20));
    private final KubernetesClient client = cluster.client();

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void shouldTellWhoWroteWhatInTheOrderOfTheStore() {
        client.resource(Marked.lease(7)).create();
        ConfigMap created = asUpstep(Marked.settings(7));
        client.resource(created).delete();

        assertThat(cluster.writes().all())
                .extracting(Write::verb, Write::resource, Write::name, Write::accepted)
                .containsExactly(
                        tuple("create", "leases.coordination.k8s.io", "upstep-shop", true),
                        tuple("apply", "configmaps", "settings", true),
                        tuple("delete", "configmaps", "settings", true));
        Write write = cluster.writes().all().get(1);
        assertThat(write.fieldManager()).isEqualTo("upstep");
        assertThat(write.userAgent()).contains("fabric8");
        assertThat(write.resourceVersion()).isEqualTo(created.getMetadata().getResourceVersion());
        assertThat(write.marks().plan()).isEqualTo("plan-1");
        assertThat(write.marks().number()).isEqualTo(7);
    }

    @Test
    void shouldTellWhoHasTheInstallationWhenALeaseIsWritten() {
        client.resource(Marked.lease(7)).create();

        assertThat(cluster.writes().all()).singleElement().satisfies(w -> {
            assertThat(w.lease().orElseThrow().holder()).isEqualTo("executor-1");
            assertThat(w.lease().orElseThrow().planner()).isEqualTo("planner-1");
            assertThat(w.lease().orElseThrow().epoch()).isEqualTo(7);
            assertThat(w.violates()).isFalse();
        });
    }

    @Test
    void shouldSayWhyWhenAWriteIsRefused() {
        ConfigMap first = client.resource(Marked.settings(7)).create();
        client.resource(withData(first, "1")).update();

        assertThatThrownBy(() -> client.resource(withData(first, "2"))
                        .lockResourceVersion(first.getMetadata().getResourceVersion())
                        .update())
                .isInstanceOf(KubernetesClientException.class);

        Write refused = cluster.writes().matching(w -> !w.accepted()).get(0);
        assertThat(refused.verb()).isEqualTo("update");
        assertThat(refused.refusal().orElseThrow()).contains("the object has been modified");
        assertThat(refused.marks().number()).isEqualTo(7);
        assertThat(refused.resourceVersion()).isEmpty();
    }

    @Test
    void shouldNotRecordWhatChangesNothing() {
        client.resource(Marked.settings(7)).dryRun().create();
        client.configMaps().inNamespace(Marked.NAMESPACE).list();

        assertThat(cluster.writes().all()).isEmpty();
    }

    @Test
    void shouldNotRecordWhatControllersDo() {
        client.resource(Workloads.deployment(Marked.NAMESPACE, "web", 1)).create();
        cluster.settle();

        assertThat(cluster.writes().all()).extracting(Write::name).containsExactly("web");
    }

    @Test
    void shouldCondemnAnAcceptedWriteWhoseEpochIsBelowTheLeases() {
        client.resource(Marked.lease(8)).create();

        asUpstep(Marked.settings(8));
        assertThat(cluster.writes().violations()).isEmpty();
        asUpstep(Marked.settings(7));

        assertThat(cluster.writes().violations())
                .singleElement()
                .satisfies(w -> assertThat(w.fence().orElseThrow().epoch()).isEqualTo(8));
    }

    @Test
    void shouldCondemnAGuardedDeleteOfAnObjectWithALowerEpoch() {
        client.resource(Marked.lease(8)).create();
        ConfigMap object = client.resource(Marked.settings(7)).create();

        client.resource(object)
                .lockResourceVersion(object.getMetadata().getResourceVersion())
                .delete();

        assertThat(cluster.writes().violations()).singleElement().satisfies(w -> assertThat(w.verb())
                .isEqualTo("delete"));
    }

    @Test
    void shouldNotCondemnWhatPeopleDoNorWhatWasWrittenBeforeTheLeaseWentOn() {
        client.resource(Marked.lease(7)).create();
        ConfigMap object = asUpstep(Marked.settings(7));
        client.resource(Marked.lease(8)).update();

        client.resource(withData(object, "by hand")).update();
        client.resource(object).delete();

        assertThat(cluster.writes().violations()).isEmpty();
    }

    @Test
    void shouldFindTheLeaseOfAnObjectWithoutANamespace() {
        client.resource(Marked.lease(8)).create();

        var role = new ClusterRoleBuilder()
                .withNewMetadata()
                .withName("shop")
                .addToAnnotations(Marked.marks(Marked.RELEASE, "7"))
                .endMetadata()
                .build();
        client.resource(role).fieldManager("upstep").forceConflicts().serverSideApply();

        assertThat(cluster.writes().violations()).hasSize(1);
    }

    @Test
    void shouldRatherFailThanAnswerWithAPartAndStillKnowEveryViolation() {
        client.resource(Marked.lease(8)).create();
        for (int i = 0; i < 20; i++) {
            client.resource(withData(Marked.plain(), Integer.toString(i))).serverSideApply();
        }
        client.resource(Marked.plain()).delete();
        asUpstep(Marked.settings(7));

        assertThatThrownBy(() -> cluster.writes().all()).hasMessageContaining("at most 20 writes");
        assertThat(cluster.writes().violations()).hasSize(1);

        cluster.writes().clear();
        assertThat(cluster.writes().all()).isEmpty();
        assertThat(cluster.writes().violations()).isEmpty();
    }

    private ConfigMap asUpstep(ConfigMap object) {
        return client.resource(object)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("upstep")
                        .withForce(true)
                        .build());
    }

    private static ConfigMap withData(ConfigMap object, String value) {
        return new ConfigMapBuilder(object).withData(Map.of("value", value)).build();
    }
}
