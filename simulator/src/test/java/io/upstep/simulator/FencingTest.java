package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy of deploy/fencing, as it is shipped. */
class FencingTest {
    private static final long FENCE = 8;
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MAP = MAPS + "/settings";

    private final SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
    private final KubernetesClient client = cluster.client();

    /** The ways to write, each as Upstep does it. */
    enum Way {
        CREATE,
        UPDATE,
        PATCH,
        JSON_PATCH,
        APPLY_NEW,
        APPLY,
        DELETE;

        boolean needsAnObject() {
            return this != CREATE && this != APPLY_NEW;
        }
    }

    @BeforeEach
    void takeTheInstallation() {
        client.resource(Marked.lease(FENCE)).create();
        cluster.writes().clear();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldRefuseALowerEpoch(Way way) {
        prepare(way, FENCE - 1);
        String before = version();

        refused(() -> write(way, Marked.settings(FENCE - 1)))
                .hasMessageContaining(
                        "configmaps \"settings\" is forbidden: ValidatingAdmissionPolicy 'upstep-fencing' with"
                                + " binding 'upstep-fencing' denied request: release shop is at epoch 8, and this write is of"
                                + " epoch 7");

        assertThat(version()).isEqualTo(before);
        assertThat(cluster.writes().matching(w -> !w.accepted()))
                .singleElement()
                .satisfies(w -> {
                    assertThat(w.marks().number()).isEqualTo(FENCE - 1);
                    assertThat(w.refusal().orElseThrow()).contains("denied request");
                });
        assertThat(cluster.writes().violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldAllowTheSameEpochAndAHigherOne(Way way) {
        prepare(way, FENCE);
        assertThatCode(() -> write(way, Marked.settings(FENCE))).doesNotThrowAnyException();
        client.configMaps().inNamespace(Marked.NAMESPACE).withName("settings").delete();

        prepare(way, FENCE + 1);
        assertThatCode(() -> write(way, Marked.settings(FENCE + 1))).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAlsoADryRunAsTheWriteWouldBe() {
        refused(() -> client.raw(MAPS + "?fieldManager=upstep&dryRun=All", "POST", Marked.settings(FENCE - 1)));
    }

    @Test
    void shouldFollowTheLease() {
        write(Way.APPLY_NEW, Marked.settings(FENCE));

        client.resource(Marked.lease(FENCE + 1)).update();

        refused(() -> write(Way.APPLY, Marked.settings(FENCE)));
    }

    @Test
    void shouldLetPeopleEditAndDeleteWhatIsMarked() {
        ConfigMap object = client.resource(Marked.settings(FENCE - 1)).create();

        assertThatCode(() -> client.resource(withData(object, "by hand")).update())
                .doesNotThrowAnyException();
        assertThatCode(() -> client.resource(object).delete()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:serviceaccount:kube-system:generic-garbage-collector",
                "system:kube-controller-manager",
                "system:node:worker-1"
            })
    void shouldNeverKeepKubernetesFromClearingUp(String user) {
        client.resource(Marked.settings(FENCE - 1)).create();

        try (KubernetesClient component = as(user)) {
            assertThatCode(() -> component.raw(MAP, "DELETE", deletion())).doesNotThrowAnyException();
        }
        assertThat(version()).isEmpty();
    }

    @Test
    void shouldRefuseAnExecutorsServiceAccount() {
        client.resource(Marked.settings(FENCE - 1)).create();

        try (KubernetesClient executor = as("system:serviceaccount:upstep:executor")) {
            refused(() -> executor.raw(MAP, "DELETE", deletion()));
        }
    }

    @Test
    void shouldLeaveOtherReleasesAlone() {
        assertThatCode(() -> write(Way.APPLY_NEW, Marked.settings("other", "1")))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldLeaveObjectsWithoutMarksAlone() {
        assertThatCode(() -> write(Way.APPLY_NEW, Marked.plain())).doesNotThrowAnyException();
        assertThatCode(() -> write(Way.DELETE, Marked.plain())).doesNotThrowAnyException();
    }

    @Test
    void shouldLeaveObjectsWithoutANamespaceAlone() {
        var role = new ClusterRoleBuilder()
                .withNewMetadata()
                .withName("shop")
                .addToAnnotations(Marked.marks(Marked.RELEASE, "1"))
                .endMetadata()
                .build();

        assertThatCode(() ->
                        client.raw("/apis/rbac.authorization.k8s.io/v1/clusterroles?fieldManager=upstep", "POST", role))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "-9", "9.5", "", "99999999999999999999"})
    void shouldCountAnEpochThatIsNoNumberAsTheLowest(String garbage) {
        refused(() -> write(Way.APPLY_NEW, Marked.settings(Marked.RELEASE, garbage)))
                .hasMessageContaining("is at epoch 8, and this write is of epoch 0");
    }

    @Test
    void shouldLetEverythingPassALeaseWhoseEpochIsNoNumber() {
        client.resource(Marked.lease(FENCE)).edit(l -> {
            l.getMetadata().getAnnotations().put("upstep.io/epoch", "many");
            return l;
        });

        assertThatCode(() -> write(Way.APPLY_NEW, Marked.settings(1))).doesNotThrowAnyException();
    }

    @Test
    void shouldCompareWithNothingWhereUpstepHoldsNoLease() {
        client.leases().inNamespace(Marked.NAMESPACE).withName("upstep-shop").delete();

        assertThatCode(() -> write(Way.APPLY_NEW, Marked.settings(1))).doesNotThrowAnyException();
    }

    @Test
    void shouldLetTheLeaseItselfBeWritten() {
        assertThatCode(() -> client.raw(
                        "/apis/coordination.k8s.io/v1/namespaces/default/leases/upstep-shop?fieldManager=upstep",
                        "PUT",
                        Marked.lease(1)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldNotBeThereWhenAClusterIsStartedWithoutIt() {
        try (SimulatedCluster older =
                        SimulatedCluster.start(Options.named("older").withoutFencing());
                KubernetesClient other = older.client()) {
            other.resource(Marked.lease(FENCE)).create();

            other.raw(MAPS + "?fieldManager=upstep", "POST", Marked.settings(1));

            assertThat(older.writes().violations()).hasSize(1);
        }
    }

    /** As the write finds it: by a person's hand, so that nothing refuses it. */
    private void prepare(Way way, long epoch) {
        if (way.needsAnObject()) {
            client.resource(withData(Marked.settings(epoch), "prepared")).create();
        }
        cluster.writes().clear();
    }

    private void write(Way way, ConfigMap object) {
        switch (way) {
            case CREATE -> client.raw(MAPS + "?fieldManager=upstep", "POST", object);
            case UPDATE -> client.raw(MAP + "?fieldManager=upstep", "PUT", object);
            case PATCH ->
                client.configMaps()
                        .inNamespace(Marked.NAMESPACE)
                        .withName("settings")
                        .patch(by(PatchType.JSON_MERGE), Serialization.asJson(object));
            case JSON_PATCH ->
                client.configMaps()
                        .inNamespace(Marked.NAMESPACE)
                        .withName("settings")
                        .patch(by(PatchType.JSON), "[{\"op\":\"replace\",\"path\":\"/data/value\",\"value\":\"x\"}]");
            case APPLY_NEW, APPLY -> client.resource(object).patch(by(PatchType.SERVER_SIDE_APPLY));
            case DELETE -> client.raw(MAP, "DELETE", deletion());
        }
    }

    private static PatchContext by(PatchType type) {
        return new PatchContext.Builder()
                .withPatchType(type)
                .withFieldManager("upstep")
                .withForce(type == PatchType.SERVER_SIDE_APPLY ? true : null)
                .build();
    }

    private Map<String, Object> deletion() {
        return Map.of("kind", "DeleteOptions", "preconditions", Map.of("resourceVersion", version()));
    }

    /** Empty when the object is not there. */
    private String version() {
        ConfigMap now = client.configMaps()
                .inNamespace(Marked.NAMESPACE)
                .withName("settings")
                .get();
        return now == null ? "" : now.getMetadata().getResourceVersion();
    }

    private KubernetesClient as(String user) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.fromKubeconfig(cluster.kubeconfig()))
                        .withImpersonateUsername(user)
                        .build())
                .build();
    }

    private static AbstractThrowableAssert<?, ?> refused(ThrowingCallable write) {
        return assertThatThrownBy(write)
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(403));
    }

    private static ConfigMap withData(ConfigMap object, String value) {
        return new ConfigMapBuilder(object).withData(Map.of("value", value)).build();
    }
}
