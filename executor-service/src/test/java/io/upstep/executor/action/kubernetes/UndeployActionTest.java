package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndeployActionTest extends ActionTestBase {
    private static final String WITH = """
            selector: suite=pachyderm
            kinds: [Service, Deployment, Secret, ClusterRole, ClusterRoleBinding]
            keep: [PersistentVolumeClaim]
            clusterScoped: {names: [pachyderm]}
            """;
    private static final String LABELS = "labels: {suite: pachyderm}";
    private static final String OTHERS = "labels: {suite: another}";

    private final UndeployAction action = new UndeployAction();
    private final ApplyAction apply = new ApplyAction();

    @Test
    void shouldDeleteKindAfterKindAndKeepWhatHoldsDataWhenItUndeploys() {
        deployed();
        String claim = uid();

        Outcome.Succeeded outcome = run(action, first, WITH);

        assertThat(outcome.summary())
                .isEqualTo("deleted: Service pachd, Deployment pachd, Secret storage, ClusterRole pachyderm,"
                        + " ClusterRoleBinding pachyderm");
        assertThat(cluster.deployment("pachd")).isNull();
        assertThat(cluster.secret("storage")).isNull();
        assertThat(cluster.secret("of-somebody-else")).isNotNull();
        assertThat(uid()).isEqualTo(claim);
    }

    @Test
    void shouldLeaveRolesAloneWhenAccountsOfOtherNamespacesHaveThem() {
        deployed();
        run(apply, new FakeContext(cluster, 1, 5), binding("another", "elsewhere"));

        Outcome.Succeeded outcome = run(action, first, WITH);

        assertThat(outcome.details().path("kept").toString())
                .contains("ClusterRole pachyderm", "ClusterRoleBinding another", "accounts of other namespaces");
        assertThat(cluster.client().rbac().clusterRoles().withName("pachyderm").get())
                .isNotNull();
        assertThat(cluster.client()
                        .rbac()
                        .clusterRoleBindings()
                        .withName("pachyderm")
                        .get())
                .isNull();
    }

    @Test
    void shouldGoOnWhenAnEarlierAttemptWasCutOff() {
        deployed();
        int[] writes = new int[1];
        first.beforeWrite(() -> {
            if (++writes[0] == 2) {
                throw new StoppedException("cut off by the test");
            }
        });
        assertThatThrownBy(() -> run(action, first, WITH)).hasMessageContaining("cut off");
        assertThat(cluster.deployment("pachd")).isNotNull();

        run(action, first.next(), WITH);
        assertThat(cluster.deployment("pachd")).isNull();
        assertThat(run(action, first.next(), WITH).summary()).isEqualTo("nothing to do");
    }

    @Test
    void shouldDeleteAlsoWhatWasMadeAgainMeanwhile() {
        deployed();
        first.beforeWrite(() -> {
            if (cluster.secret("storage") == null && cluster.deployment("pachd") == null) {
                first.beforeWrite(() -> {});
                run(
                        apply,
                        new FakeContext(cluster, 1, 5),
                        "manifests: [{apiVersion: v1, kind: Service, metadata: {name: pipeline-edges-v1, %s}, spec: {ports: [{port: 80}]}}]"
                                .formatted(LABELS));
            }
        });

        assertThat(run(action, first, WITH).summary()).contains("Service pipeline-edges-v1");

        assertThat(cluster.client()
                        .services()
                        .inNamespace(cluster.namespace())
                        .withName("pipeline-edges-v1")
                        .get())
                .isNull();
    }

    @Test
    void shouldDeleteNothingWhenAStatefulSetWouldTakeItsClaimsWithIt() {
        deployed();
        run(apply, new FakeContext(cluster, 1, 5), """
            manifests:
              - apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: etcd, %s}
                spec:
                  replicas: 0
                  serviceName: etcd-headless
                  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}
                  selector: {matchLabels: {app: etcd}}
                  template:
                    metadata: {labels: {app: etcd}}
                    spec: {containers: [{name: etcd, image: "coreos/etcd:v3.3.5"}]}
            """.formatted(LABELS));

        ActionException refused = failure(action, first, WITH.replace("[Service,", "[Service, StatefulSet,"));

        assertThat(refused.code()).isEqualTo("claims-would-go");
        assertThat(refused).hasMessageContaining("set it to Retain");
        assertThat(cluster.deployment("pachd")).isNotNull();
    }

    @Test
    void shouldFailWhenTheFirstAttemptFindsNothingUnlessItMay() {
        assertThat(failure(action, first, WITH).code()).isEqualTo("selector-matches-nothing");
        assertThat(run(action, first, WITH + "mayBeAbsent: true").summary()).isEqualTo("nothing to do");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PersistentVolumeClaim", "v1/PersistentVolumeClaim", "PersistentVolume", "StorageClass"})
    void shouldRefuseWhenAKindHoldsData(String kind) {
        ActionException refused = failure(action, first, "{selector: suite=pachyderm, kinds: ['" + kind + "']}");

        assertThat(refused.code()).isEqualTo("invalid-parameters");
        assertThat(refused).hasMessageContaining("with it data go");
    }

    @Test
    void shouldDeleteNothingWhenItOnlyPreviews() {
        deployed();
        assertThat(preview(action, first, WITH).summary()).startsWith("would be deleted: Service pachd");
        assertThat(cluster.deployment("pachd")).isNotNull();
    }

    @Test
    void shouldNotDeleteWhatANewerAttemptHasWritten() {
        run(
                apply,
                new FakeContext(cluster, 2, 9),
                "manifests: [{apiVersion: v1, kind: Secret, metadata: {name: storage, %s}}]".formatted(LABELS));

        assertThat(failure(action, first, WITH).code()).isEqualTo("fenced");
        assertThat(cluster.secret("storage")).isNotNull();
    }

    private void deployed() {
        run(apply, new FakeContext(cluster, 1, 5), """
            manifests:
              - {apiVersion: v1, kind: Service, metadata: {name: pachd, %1$s}, spec: {ports: [{port: 650}]}}
              - {apiVersion: v1, kind: Secret, metadata: {name: storage, %1$s}}
              - {apiVersion: v1, kind: Secret, metadata: {name: of-somebody-else, %2$s}}
              - apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: etcd-storage, %1$s}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
              - apiVersion: apps/v1
                kind: Deployment
                metadata: {name: pachd, %1$s}
                spec:
                  selector: {matchLabels: {app: pachd}}
                  template:
                    metadata: {labels: {app: pachd}}
                    spec: {containers: [{name: pachd, image: "pachyderm/pachd:1.7.3"}]}
              - {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: pachyderm, %1$s}, rules: []}
            """.formatted(LABELS, OTHERS));
        run(apply, new FakeContext(cluster, 1, 5), binding("pachyderm", cluster.namespace()));
    }

    private static String binding(String name, String namespace) {
        return """
            manifests:
              - apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: %s, %s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: pachyderm}
                subjects: [{kind: ServiceAccount, name: pachyderm, namespace: %s}]
            """.formatted(name, LABELS, namespace);
    }

    private String uid() {
        return cluster.client()
                .persistentVolumeClaims()
                .inNamespace(cluster.namespace())
                .withName("etcd-storage")
                .get()
                .getMetadata()
                .getUid();
    }
}
