package io.upstep.verifier.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.cluster.MockCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodesAndPathsTest {
    private final MockCluster cluster = new MockCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldTellTheSmallestMemoryAndWhoIsReadyWhenNodesCarryTheLabel() throws Exception {
        node("one", "app: trains", "16393932Ki", "True");
        node("two", "app: trains", "8Gi", "False");
        node("three", "app: other", "1Gi", "True");

        JsonNode nodes = nodes("{selector: app=trains}").value();

        assertThat(nodes)
                .hasToString("{\"count\":2,\"names\":[\"one\",\"two\"],\"ready\":1,\"memoryBytes\":8589934592}");
    }

    @Test
    void shouldNotCountANodeAsReadyWhenItIsCordoned() throws Exception {
        cluster.put("""
                apiVersion: v1
                kind: Node
                metadata: {name: one, labels: {app: trains}}
                spec: {unschedulable: true}
                status: {capacity: {memory: 8Gi}, conditions: [{type: Ready, status: "True"}]}
                """);

        assertThat(nodes("{selector: app=trains}").value().path("ready").asInt())
                .isZero();
    }

    @Test
    void shouldTellThatThereIsNoneWhenNoNodeCarriesTheLabel() throws Exception {
        node("one", "app: other", "1Gi", "True");

        JsonNode nodes = nodes("{selector: app=trains}").value();

        assertThat(nodes.path("count").asInt()).isZero();
        assertThat(nodes.path("memoryBytes").asLong()).isZero();
    }

    @Test
    void shouldNotGuessWhenANodeDoesNotSayItsMemory() throws Exception {
        cluster.put("{apiVersion: v1, kind: Node, metadata: {name: one}}");

        assertThat(nodes("{}").unknown()).contains("Node one");
    }

    @Test
    void shouldFollowMountsToTheNodesDirectoryWhenTheyGoThroughClaims() throws Exception {
        cluster.put("""
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: elasticsearch-pv}
                spec: {capacity: {storage: 1Gi}, hostPath: {path: /opt/trains/data/elastic}}
                """);
        claim("elasticsearch-pv-claim", "elasticsearch-pv");
        deployment("elasticsearch", """
                    volumes:
                      - {name: data, persistentVolumeClaim: {claimName: elasticsearch-pv-claim}}
                      - {name: settings, configMap: {name: settings}}
                    containers:
                      - name: elasticsearch
                        volumeMounts:
                          - {name: data, mountPath: /usr/share/elasticsearch/data}
                          - {name: settings, mountPath: /settings}
                """);

        assertThat(paths("{kind: Deployment, name: elasticsearch}").value()).isEqualTo(list("""
                [{workload: elasticsearch, volume: data, mountPath: /usr/share/elasticsearch/data, type: hostPath,
                  path: /opt/trains/data/elastic}]
                """));
    }

    @Test
    void shouldTellServerAndPathWhenAVolumeIsOnTheNetwork() throws Exception {
        deployment("elasticsearch", """
                    volumes: [{name: data, nfs: {server: nas, path: /exports/elastic}}]
                    initContainers: [{name: owner, volumeMounts: [{name: data, mountPath: /data, subPath: nodes}]}]
                    containers: [{name: elasticsearch, volumeMounts: [{name: data, mountPath: /data}]}]
                """);

        assertThat(paths("{kind: Deployment, selector: app=elasticsearch}").value())
                .isEqualTo(list("""
                [{workload: elasticsearch, volume: data, mountPath: /data, type: nfs, path: /exports/elastic/nodes,
                  server: nas},
                 {workload: elasticsearch, volume: data, mountPath: /data, type: nfs, path: /exports/elastic,
                  server: nas}]
                """));
    }

    @Test
    void shouldTellTheClaimItselfWhenNoVolumeIsBoundToIt() throws Exception {
        cluster.put("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data-db-0}, spec: {}}");
        cluster.put("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  volumeClaimTemplates: [{metadata: {name: data}}]
                  template: {spec: {containers: [{name: db, volumeMounts: [{name: data, mountPath: /data}]}]}}
                """);

        assertThat(paths("{kind: StatefulSet, name: db}").value()).isEqualTo(list("""
                [{workload: db, volume: data, mountPath: /data, type: persistentVolumeClaim, path: data-db-0}]
                """));
    }

    @Test
    void shouldTellNothingWhenThereIsNoSuchWorkload() throws Exception {
        assertThat(paths("{kind: Deployment, name: elasticsearch}").value()).isEmpty();
    }

    private void node(String name, String label, String memory, String ready) {
        cluster.put("""
                apiVersion: v1
                kind: Node
                metadata: {name: %s, labels: {%s}}
                status: {capacity: {memory: %s}, conditions: [{type: Ready, status: "%s"}]}
                """.formatted(name, label, memory, ready));
    }

    private void claim(String name, String volume) {
        cluster.put("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: %s}, spec: {volumeName: %s}}"
                .formatted(name, volume));
    }

    private void deployment(String name, String pod) {
        cluster.put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, labels: {app: %s}}
                spec:
                  template:
                    spec:
                """.formatted(name, name) + pod.indent(2));
    }

    private static JsonNode list(String yaml) {
        return Looking.yaml("list: " + yaml).path("list");
    }

    private Fact nodes(String with) throws BadParametersException {
        return Looking.at(cluster, new NodesProbe(), with);
    }

    private Fact paths(String with) throws BadParametersException {
        return Looking.at(cluster, new HostPathsProbe(), with);
    }
}
