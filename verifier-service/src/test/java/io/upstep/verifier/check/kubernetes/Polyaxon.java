package io.upstep.verifier.check.kubernetes;

import io.upstep.verifier.cluster.MockCluster;

/** Puts the objects of an installation into a mock cluster, whose statuses say whatever a test wants. */
final class Polyaxon {
    private final MockCluster cluster;

    Polyaxon(MockCluster cluster) {
        this.cluster = cluster;
    }

    /** A Deployment of two pods with image version, ReplicaSet and status all right. */
    void healthyApi(String version) {
        deployment(version, 2, 2, 2);
        replicaSet("api-new", version, 2);
        pod("api-1", "ReplicaSet", "api-new", version, READY);
        pod("api-2", "ReplicaSet", "api-new", version, READY);
    }

    static final String READY = """
            phase: Running
              conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-11-20T11:59:00Z"}]
              containerStatuses: [{name: api, ready: true, restartCount: 0, state: {running: {startedAt: "2026-11-20T11:58:50Z"}}}]
            """;

    static String waiting(String reason) {
        return """
                phase: Running
                  conditions: [{type: Ready, status: "False"}]
                  containerStatuses: [{name: api, ready: false, restartCount: 4, state: {waiting: {reason: %s}}}]
                """.formatted(reason);
    }

    static String restarted(int times, String startedAt) {
        return """
                phase: Running
                  conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-11-20T11:59:00Z"}]
                  containerStatuses: [{name: api, ready: true, restartCount: %d, state: {running: {startedAt: "%s"}}}]
                """.formatted(times, startedAt);
    }

    void deployment(String version, long generation, long observed, int updated) {
        cluster.put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: api, generation: %d, labels: {app: api, app.kubernetes.io/version: "%s"}}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: api}}
                  template: {metadata: {labels: {app: api}}, spec: {containers: [{name: api, image: "polyaxon/polyaxon-api:%s"}]}}
                status: {observedGeneration: %d, replicas: 2, updatedReplicas: %d, readyReplicas: 2, availableReplicas: 2}
                """.formatted(generation, version, version, observed, updated));
    }

    void replicaSet(String name, String version, int revision) {
        cluster.put("""
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata:
                  name: %s
                  labels: {app: api, pod-template-hash: %s}
                  annotations: {deployment.kubernetes.io/revision: "%d"}
                  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: api, uid: %s, controller: true}]
                spec:
                  selector: {matchLabels: {app: api, pod-template-hash: %s}}
                  template: {metadata: {labels: {app: api, pod-template-hash: %s}}, spec: {containers: [{name: api, image: "polyaxon/polyaxon-api:%s"}]}}
                """.formatted(name, name, revision, cluster.uid("Deployment", "api"), name, name, version));
    }

    void pod(String name, String ownerKind, String owner, String version, String status) {
        pod(name, "{app: api}", ownerKind, owner, cluster.uid(ownerKind, owner), version, status);
    }

    void pod(
            String name,
            String labels,
            String ownerKind,
            String owner,
            String ownerUid,
            String version,
            String status) {
        cluster.put("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  labels: %s
                  ownerReferences: [{apiVersion: apps/v1, kind: %s, name: %s, uid: %s, controller: true}]
                spec: {containers: [{name: api, image: "polyaxon/polyaxon-api:%s"}]}
                status:
                  %s
                """.formatted(name, labels, ownerKind, owner, ownerUid, version, status));
    }

    /** A StatefulSet of one pod that says revision db-2 is the newest. */
    void statefulSet(String version) {
        cluster.put("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db, generation: 1, labels: {app: db}}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: db}}
                  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: api, image: "polyaxon/polyaxon-api:%s"}]}}
                  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]
                status: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, updateRevision: db-2}
                """.formatted(version));
    }

    void statefulPod(String version, String revision) {
        pod(
                "db-0",
                "{app: db, controller-revision-hash: " + revision + "}",
                "StatefulSet",
                "db",
                cluster.uid("StatefulSet", "db"),
                version,
                READY);
    }

    /** A DaemonSet on two nodes whose newest revision is hash bbb. */
    void daemonSet(String version) {
        cluster.put("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: agent, generation: 1, labels: {app: agent}}
                spec:
                  selector: {matchLabels: {app: agent}}
                  template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: api, image: "polyaxon/polyaxon-api:%s"}]}}
                status: {observedGeneration: 1, desiredNumberScheduled: 1, currentNumberScheduled: 1, updatedNumberScheduled: 1, numberReady: 1, numberAvailable: 1}
                """.formatted(version));
        controllerRevision("agent-aaa", 1);
        controllerRevision("agent-bbb", 2);
    }

    void daemonPod(String version, String hash) {
        pod(
                "agent-x",
                "{app: agent, controller-revision-hash: " + hash + "}",
                "DaemonSet",
                "agent",
                cluster.uid("DaemonSet", "agent"),
                version,
                READY);
    }

    private void controllerRevision(String name, int revision) {
        cluster.put("""
                apiVersion: apps/v1
                kind: ControllerRevision
                metadata:
                  name: %s
                  ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: agent, uid: %s, controller: true}]
                revision: %d
                """.formatted(name, cluster.uid("DaemonSet", "agent"), revision));
    }
}
