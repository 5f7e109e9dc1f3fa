package io.upstep.verifier.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Fact;
import io.upstep.verifier.check.helm.Recorded;
import io.upstep.verifier.cluster.MockCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataSurvivalTest {
    private static final String CLAIM = """
            # Source: polyaxon/charts/postgresql/templates/pvc.yaml
            kind: PersistentVolumeClaim
            apiVersion: v1
            metadata:
              name: db
            """;
    private static final String KEPT = CLAIM + "  annotations: {helm.sh/resource-policy: ' Keep'}\n";

    private final MockCluster cluster = new MockCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldSayThatThereIsNothingToLoseWhenThereIsNoWorkload() throws Exception {
        assertThat(survival()).isEqualTo("none");
    }

    @Test
    void shouldTellVolumesThatNeedNoClaim() throws Exception {
        volumes("{name: data, emptyDir: {}}, {name: config, configMap: {name: x}}");
        assertThat(survival()).isEqualTo("emptyDir");
        volumes("{name: data}");
        assertThat(survival()).isEqualTo("emptyDir");
        volumes("{name: data, hostPath: {path: /data}}");
        assertThat(survival()).isEqualTo("hostPath");
        volumes("{name: data, nfs: {server: nas, path: /}}");
        assertThat(survival()).isEqualTo("other:nfs");
        volumes("{name: config, configMap: {name: x}}");
        assertThat(survival()).isEqualTo("other:container");
    }

    @Test
    void shouldTakeTheStoredManifestsWordWhateverTheLiveClaimSays() throws Exception {
        volumes("{name: data, persistentVolumeClaim: {claimName: db}}");
        claim("annotations: {helm.sh/resource-policy: keep}", "");
        Recorded.in(cluster)
                .manifest("---\n" + CLAIM + "---\nkind: Service\nmetadata: {name: db}\n")
                .revision(1, "deployed");

        Fact fact = observe("{kind: Deployment, name: db}");

        assertThat(fact.value().asText()).isEqualTo("release-claim");
        assertThat(fact.source()).contains("volume data, claim db").contains("without a policy to keep it");
    }

    @Test
    void shouldSeeThatAClaimIsKeptWhenTheNewestManifestSaysSo() throws Exception {
        volumes("{name: data, persistentVolumeClaim: {claimName: db}}");
        claim("", "");
        Recorded.in(cluster).manifest(CLAIM).revision(1, "superseded");
        Recorded.in(cluster).manifest(KEPT).revision(2, "deployed");
        assertThat(survival()).isEqualTo("kept-claim");

        Recorded.in(cluster).manifest(CLAIM).revision(3, "failed");
        assertThat(survival()).isEqualTo("release-claim");
    }

    @Test
    void shouldFindAClaimInsideOfAList() throws Exception {
        volumes("{name: data, persistentVolumeClaim: {claimName: db}}");
        claim("", "");
        Recorded.in(cluster)
                .manifest("{kind: List, items: [{kind: PersistentVolumeClaim, metadata: {name: db}}]}")
                .revision(1, "deployed");

        assertThat(survival()).isEqualTo("release-claim");
    }

    @Test
    void shouldSeeThatAVolumeIsRetainedThoughItsClaimIsDeleted() throws Exception {
        volumes("{name: data, persistentVolumeClaim: {claimName: db}}");
        claim("", "volumeName: pv-1");
        Recorded.in(cluster).manifest(CLAIM).revision(1, "deployed");
        persistentVolume("Delete");
        assertThat(survival()).isEqualTo("release-claim");

        persistentVolume("Retain");
        assertThat(survival()).isEqualTo("retained-volume");
    }

    @Test
    void shouldSeeThatAClaimIsNotTheReleases() throws Exception {
        volumes("{name: data, persistentVolumeClaim: {claimName: db}}");
        claim("", "");
        Recorded.in(cluster)
                .manifest("kind: PersistentVolumeClaim\nmetadata: {name: db, namespace: elsewhere}\n")
                .revision(1, "deployed");

        assertThat(survival()).isEqualTo("existing-claim");
    }

    @Test
    void shouldTakeAHooksClaimForLostBecauseTheNextInstallDeletesIt() throws Exception {
        volumes("{name: data, persistentVolumeClaim: {claimName: db}}");
        claim("", "");
        Recorded.in(cluster).hook(KEPT).revision(1, "deployed");

        assertThat(survival()).isEqualTo("release-claim");
    }

    @Test
    void shouldTellWhatAStatefulSetMadeItself() throws Exception {
        statefulSet("");
        cluster.put("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data-db-0}}");
        Recorded.in(cluster).revision(1, "deployed");
        assertThat(observe("{kind: StatefulSet, name: db}").value().asText()).isEqualTo("stateful-claim");

        statefulSet("persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}");
        assertThat(observe("{kind: StatefulSet, name: db}").value().asText()).isEqualTo("release-claim");
    }

    @Test
    void shouldTakeAClaimThatIsOwnedForDeletedWithItsOwner() throws Exception {
        volumes("{name: data, persistentVolumeClaim: {claimName: db}}");
        claim("ownerReferences: [{apiVersion: v1, kind: Database, name: db, uid: u}]", "");
        Recorded.in(cluster).revision(1, "deployed");

        Fact fact = observe("{kind: Deployment, name: db}");

        assertThat(fact.value().asText()).isEqualTo("release-claim");
        assertThat(fact.source()).contains("owned by Database db");
    }

    @Test
    void shouldNotGuessWhenHelmOrTheClaimIsMissing() throws Exception {
        volumes("{name: data, persistentVolumeClaim: {claimName: db}}");
        assertThat(observe("{kind: Deployment, name: db}").unknown()).contains("claim db is not there");

        claim("", "");
        assertThat(observe("{kind: Deployment, name: db}").unknown())
                .contains("Helm has no record of release polyaxon");

        Recorded.in(cluster).manifest(CLAIM).revision(1, "uninstalled");
        assertThat(survival()).isEqualTo("existing-claim");
    }

    @Test
    void shouldLookAtTheVolumeThatHoldsTheDataWhenThereAreSeveral() throws Exception {
        cluster.put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: db}
                spec:
                  template:
                    spec:
                      containers:
                        - name: db
                          volumeMounts:
                            - {name: scratch, mountPath: /tmp}
                            - {name: storage, mountPath: /bitnami/postgresql}
                      volumes:
                        - {name: scratch, hostPath: {path: /tmp}}
                        - {name: dshm, emptyDir: {medium: Memory}}
                        - {name: storage, emptyDir: {}}
                """);
        assertThat(survival()).isEqualTo("emptyDir");
        assertThat(observe("{kind: Deployment, name: db, volume: scratch}")
                        .value()
                        .asText())
                .isEqualTo("hostPath");
        assertThat(observe("{kind: Deployment, name: db, volume: other}").unknown())
                .contains("no volume other, only [scratch, storage]");
    }

    @Test
    void shouldNotChooseWhenVolumesEndDifferently() throws Exception {
        claim("", "");
        Recorded.in(cluster).revision(1, "deployed");
        volumes("{name: a, hostPath: {path: /a}}, {name: b, persistentVolumeClaim: {claimName: db}}");

        assertThat(observe("{kind: Deployment, name: db}").unknown())
                .contains("end differently")
                .contains("volume a: hostPath")
                .contains("existing-claim");
    }

    private void volumes(String list) {
        cluster.put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: db}
                spec: {template: {spec: {volumes: [%s]}}}
                """.formatted(list));
    }

    private void statefulSet(String more) {
        cluster.put("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  volumeClaimTemplates: [{metadata: {name: data}}]
                  %s
                """.formatted(more));
    }

    private void claim(String metadata, String spec) {
        cluster.put("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: db%s}
                spec: {%s}
                """.formatted(metadata.isEmpty() ? "" : ", " + metadata, spec));
    }

    private void persistentVolume(String policy) {
        cluster.answer(
                "/api/v1/persistentvolumes/pv-1",
                200,
                "{\"metadata\": {\"name\": \"pv-1\"}, \"spec\": {\"persistentVolumeReclaimPolicy\": \"" + policy
                        + "\"}}");
    }

    private String survival() throws Exception {
        return observe("{kind: Deployment, name: db}").value().asText();
    }

    private Fact observe(String with) throws Exception {
        return Looking.at(cluster, new DataSurvivalProbe(), with);
    }
}
