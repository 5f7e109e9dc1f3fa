package io.upstep.verifier.live;

import static io.upstep.verifier.Patiently.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Verdict;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for any cluster with controllers, real or simulated. */
class RolloutTest {
    private static final String ROLLOUT = "kubernetes.rollout-complete";
    private static final String OLD = "registry.k8s.io/pause:3.9";
    private static final String NEW = "registry.k8s.io/pause:3.10";

    private final LiveCluster cluster = new LiveCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldPassOnceADeploymentIsRolledOutAndAgainOnceItsImageChanged() {
        cluster.apply(workload("Deployment", OLD, "replicas: 3,"));
        passes(ROLLOUT, "name: api");

        cluster.apply(workload("Deployment", NEW, "replicas: 3,"));
        passes(ROLLOUT, "name: api");

        passes("kubernetes.version", "{kind: Pod, selector: app=api, from: image, expected: '3.10'}");
        passes("kubernetes.pods-healthy", "{kind: Deployment, name: api}");
        passes("kubernetes.object", "{kind: Pod, selector: app=api, count: 3}");
    }

    @Test
    void shouldPassOnceADeploymentIsScaledDownToNothing() {
        cluster.apply(workload("Deployment", OLD, "replicas: 2,"));
        passes(ROLLOUT, "name: api");

        cluster.apply(workload("Deployment", OLD, "replicas: 0,"));

        passes(ROLLOUT, "name: api");
        passes("kubernetes.object", "{kind: Pod, selector: app=api, present: false}");
    }

    @Test
    void shouldPassOnceAStatefulSetRunsItsNewRevision() {
        cluster.apply(workload("StatefulSet", OLD, "replicas: 2, serviceName: api,"));
        passes(ROLLOUT, "{kind: StatefulSet, name: api}");

        cluster.apply(workload("StatefulSet", NEW, "replicas: 2, serviceName: api,"));

        passes(ROLLOUT, "{kind: StatefulSet, name: api}");
        passes("kubernetes.version", "{kind: Pod, selector: app=api, from: image, expected: '3.10'}");
    }

    @Test
    void shouldPassOnceADaemonSetRunsItsNewRevision() {
        cluster.apply(workload("DaemonSet", OLD, ""));
        passes(ROLLOUT, "{kind: DaemonSet, name: api}");

        cluster.apply(workload("DaemonSet", NEW, ""));

        passes(ROLLOUT, "{kind: DaemonSet, name: api}");
        passes("kubernetes.version", "{kind: Pod, selector: app=api, from: image, expected: '3.10'}");
    }

    @Test
    void shouldFailWhenTheImageCannotBePulled() {
        cluster.apply(workload("Deployment", OLD, "replicas: 1,"));
        passes(ROLLOUT, "name: api");

        cluster.apply(workload("Deployment", "registry.k8s.io/pause:broken-no-such-tag", "replicas: 1,"));

        CompletableFuture<Verdict> verdict = cluster.verify(ROLLOUT, "name: api", Duration.ofSeconds(5), seen -> {});
        assertThat(verdict).succeedsWithin(SOON).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.join().summary()).contains("old pod");
    }

    @Test
    void shouldTellTheServersVersionAndWhatIsInstalled() {
        cluster.apply(workload("Deployment", OLD, "replicas: 1,"));

        assertThat(cluster.observe("kubernetes.server-version", "{}").value().asText())
                .matches("\\d+\\.\\d+.*");
        assertThat(cluster.observe("kubernetes.installed", "{kind: Deployment, selector: app=api}")
                        .value()
                        .asBoolean())
                .isTrue();
        assertThat(cluster.observe(
                                "kubernetes.version",
                                "sources: [{kind: Deployment, selector: app=api, from: image, image: registry.k8s.io/}]")
                        .value()
                        .asText())
                .isEqualTo("3.9");
    }

    private void passes(String check, String with) {
        CompletableFuture<Verdict> verdict = cluster.verify(check, with);
        assertThat(verdict).succeedsWithin(SOON);
        assertThat(verdict.join().isPassed()).as(verdict.join().toString()).isTrue();
    }

    private static String workload(String kind, String image, String spec) {
        return """
                apiVersion: apps/v1
                kind: %s
                metadata: {name: api, labels: {app: api}}
                spec:
                  {%s selector: {matchLabels: {app: api}},
                  template: {metadata: {labels: {app: api}},
                    spec: {terminationGracePeriodSeconds: 1, containers: [{name: main, image: "%s"}]}}}
                """.formatted(kind, spec, image);
    }
}
