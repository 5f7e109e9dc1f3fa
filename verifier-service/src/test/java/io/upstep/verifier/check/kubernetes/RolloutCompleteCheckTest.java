package io.upstep.verifier.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.cluster.MockCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutCompleteCheckTest {
    private final MockCluster cluster = new MockCluster();
    private final Polyaxon polyaxon = new Polyaxon(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldPassWhenTheNewestTemplateRunsAlone() throws Exception {
        polyaxon.healthyApi("1.20.0");

        Evidence seen = look("name: api");

        assertThat(seen.result()).isEqualTo(Result.PASSED);
        assertThat(seen.subject()).isEqualTo("Deployment api");
        assertThat(seen.actual()).isEqualTo("2 of 2 ready, no other pod, images polyaxon/polyaxon-api:1.20.0");
    }

    @Test
    void shouldFailWhenTheStatusIsOfAnEarlierGeneration() throws Exception {
        polyaxon.healthyApi("1.20.0");
        polyaxon.deployment("1.20.0", 1, 0, 2);

        assertFailed(look("name: api"), "its status is of generation 0");
    }

    @Test
    void shouldFailWhenFewerPodsAreUpdatedThanWanted() throws Exception {
        polyaxon.healthyApi("1.20.0");
        polyaxon.deployment("1.20.0", 2, 2, 1);

        assertFailed(look("name: api"), "updatedReplicas 1");
    }

    @Test
    void shouldFailWhenAnOldPodIsLeftThoughTheStatusSaysItIsDone() throws Exception {
        polyaxon.healthyApi("1.20.0");
        polyaxon.replicaSet("api-old", "1.19.0", 1);
        polyaxon.pod("api-0", "ReplicaSet", "api-old", "1.19.0", Polyaxon.READY);

        assertFailed(look("name: api"), "old pod api-0 is left");
    }

    @Test
    void shouldFailWhenThePodsRunAnotherImageThanTheTemplateThoughEverythingElseSaysItIsDone() throws Exception {
        polyaxon.healthyApi("1.20.0");
        polyaxon.pod("api-2", "ReplicaSet", "api-new", "1.19.0", Polyaxon.READY);

        assertFailed(look("name: api"), "old pod api-2 is left");
    }

    @Test
    void shouldFailWhenNoReplicaSetHasTheTemplateYet() throws Exception {
        polyaxon.healthyApi("1.19.0");
        polyaxon.deployment("1.20.0", 2, 2, 2);

        assertFailed(look("name: api"), "no ReplicaSet has its template");
    }

    @Test
    void shouldFailWhenAPodIsNotReadyThoughTheStatusCountsIt() throws Exception {
        polyaxon.healthyApi("1.20.0");
        polyaxon.pod("api-2", "ReplicaSet", "api-new", "1.20.0", Polyaxon.waiting("CrashLoopBackOff"));

        assertFailed(look("name: api"), "pod api-2 container api: CrashLoopBackOff");
    }

    @Test
    void shouldFailWhenTheSelectorMatchesNothing() throws Exception {
        polyaxon.healthyApi("1.20.0");

        assertFailed(look("selector: app=gateway"), "none found");
    }

    @Test
    void shouldPassForAStatefulSetWhoseOnlyPodIsOfTheNewestRevision() throws Exception {
        polyaxon.statefulSet("1.20.0");
        polyaxon.statefulPod("1.20.0", "db-2");

        assertThat(look("{kind: StatefulSet, name: db}").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldFailForAStatefulSetWhenItsPodIsOfAnEarlierRevision() throws Exception {
        polyaxon.statefulSet("1.20.0");
        polyaxon.statefulPod("1.20.0", "db-1");

        assertFailed(look("{kind: StatefulSet, name: db}"), "old pod db-0 is left");
    }

    @Test
    void shouldTellADaemonSetsOldPodFromItsNewestByTheControllerRevisions() throws Exception {
        polyaxon.daemonSet("1.20.0");
        polyaxon.daemonPod("1.20.0", "bbb");
        assertThat(look("{kind: DaemonSet, name: agent}").result()).isEqualTo(Result.PASSED);

        polyaxon.daemonPod("1.20.0", "aaa");
        assertFailed(look("{kind: DaemonSet, name: agent}"), "old pod agent-x is left");
    }

    @Test
    void shouldRefuseAKindThatDoesNotRollOut() {
        assertThatThrownBy(() -> look("{kind: Job, name: migrate}"))
                .isInstanceOf(BadParametersException.class)
                .hasMessageContaining("expected the kind Deployment, StatefulSet or DaemonSet, came 'Job'");
    }

    private Evidence look(String with) throws BadParametersException {
        return Looking.at(cluster, new RolloutCompleteCheck(), with).get(0);
    }

    private static void assertFailed(Evidence seen, String actual) {
        assertThat(seen.result()).isEqualTo(Result.FAILED);
        assertThat(seen.actual()).contains(actual);
    }
}
