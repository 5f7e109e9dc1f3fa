package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.simulator.SimulatedCluster;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecoverPodsActionTest extends ActionTestBase {
    private static final String WITH = "{selector: app=etcd, stuckFor: PT0.3S, deletes: 2}";

    private final RecoverPodsAction action = new RecoverPodsAction();
    private final Set<String> started = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void needsASimulatedCluster() {
        Assumptions.assumeTrue(cluster.simulated().isPresent());
    }

    @Test
    void shouldDeleteThePodThatCrashesAgainAndAgainAndNoOther() {
        crashing(1);
        cluster.deploy("etcd", "coreos/etcd:v3.3.5", 1);

        Outcome.Succeeded outcome = run(action, first, "{selector: app=etcd, stuckFor: PT2S, deletes: 2}");

        assertThat(outcome.details().path("deleted").asInt()).isEqualTo(1);
        assertThat(outcome.details().path("ready")).hasSize(1);
        assertThat(started).hasSize(2);
        assertThat(first.told()).anyMatch(line -> line.startsWith("deleting Pod etcd-"));
    }

    @Test
    void shouldEndWithWhatTheClusterSaysWhenDeletingDoesNotHelp() {
        cluster.deploy("etcd", "coreos/etcd:v3.3.5-broken", 1);

        ActionException failed = failure(action, first, WITH);

        assertThat(failed.code()).isEqualTo("pods-stuck");
        assertThat(failed)
                .hasMessageContaining("after 2 pods were deleted")
                .hasMessageContaining("is Pending")
                .hasMessageContaining("Failed to pull image")
                .hasMessageContaining("node simulated-node");
    }

    @Test
    void shouldNotDeleteMoreInLaterAttemptsThanInAll() {
        cluster.deploy("etcd", "coreos/etcd:v3.3.5-broken", 1);
        failure(action, first, WITH);
        String pod = pods().get(0).getMetadata().getUid();

        assertThat(failure(action, first.next(), WITH).code()).isEqualTo("pods-stuck");
        assertThat(pods().get(0).getMetadata().getUid()).isEqualTo(pod);
    }

    @Test
    void shouldDeleteNothingWhenThePodsAreReady() {
        cluster.deploy("etcd", "coreos/etcd:v3.3.5", 2);

        Outcome.Succeeded outcome = run(action, first, "{selector: app=etcd, stuckFor: PT10S, atLeast: 2}");

        assertThat(outcome.details().path("deleted").asInt()).isZero();
        assertThat(outcome.summary()).isEqualTo("2 pods with app=etcd are ready");
    }

    @Test
    void shouldSayWhatIsMissingWhenThereAreTooFewPods() {
        ActionException failed = failure(action, first, "{selector: app=etcd, timeout: PT0.2S}");

        assertThat(failed.code()).isEqualTo("pods-not-ready");
        assertThat(failed).hasMessageContaining("expected 1 pods with app=etcd, there are 0");
    }

    /** So many pods fail as often as they start; those that are made after them do not. */
    private void crashing(int pods) {
        SimulatedCluster simulated = cluster.simulated().orElseThrow();
        simulated
                .knobs()
                .onRun(pod -> "etcd".equals(pod.getMetadata().getLabels().get("app")), pod -> {
                    started.add(pod.getMetadata().getUid());
                    if (started.size() <= pods) {
                        throw new IllegalStateException("the volume is attached to another node");
                    }
                });
    }

    private List<Pod> pods() {
        return cluster
                .client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("app", "etcd")
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }
}
