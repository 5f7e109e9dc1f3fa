package io.upstep.verifier.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.cluster.MockCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodsHealthyCheckTest {
    private final MockCluster cluster = new MockCluster();
    private final Polyaxon polyaxon = new Polyaxon(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldPassWithEvidenceOfEveryPodWhenAllAreReady() throws Exception {
        polyaxon.healthyApi("1.20.0");

        assertThat(look("selector: app=api"))
                .extracting(Evidence::result)
                .containsExactly(Result.PASSED, Result.PASSED);
        assertThat(look("{kind: Deployment, name: api}")).hasSize(2);
    }

    @Test
    void shouldNamePodContainerAndReasonWhenOneCrashLoops() throws Exception {
        polyaxon.healthyApi("1.20.0");
        polyaxon.pod("api-2", "ReplicaSet", "api-new", "1.20.0", Polyaxon.waiting("CrashLoopBackOff"));

        Evidence seen = failed("selector: app=api");

        assertThat(seen.subject()).isEqualTo("Pod api-2");
        assertThat(seen.actual()).contains("container api: CrashLoopBackOff");
    }

    @Test
    void shouldFailWhenNoPodIsFound() throws Exception {
        assertThat(failed("selector: app=api").actual()).isEqualTo("none found");
    }

    @Test
    void shouldFailUntilEveryPodHasBeenReadyForLongEnough() throws Exception {
        polyaxon.healthyApi("1.20.0");

        assertThat(failed("{selector: app=api, minReadySeconds: 61}").actual())
                .isEqualTo("ready since 2026-11-20T11:59:00Z");
        assertThat(look("{selector: app=api, minReadySeconds: 60}")).allMatch(e -> e.result() == Result.PASSED);
    }

    @Test
    void shouldFailWhenAContainerWasRestartedMoreOftenThanAcceptable() throws Exception {
        polyaxon.healthyApi("1.20.0");
        polyaxon.pod("api-2", "ReplicaSet", "api-new", "1.20.0", Polyaxon.restarted(3, "2026-11-20T11:00:00Z"));

        assertThat(failed("{selector: app=api, maxRestarts: 2}").actual()).isEqualTo("container api restarted 3 times");
        assertThat(look("{selector: app=api, maxRestarts: 3}")).allMatch(e -> e.result() == Result.PASSED);
    }

    @Test
    void shouldFailWhenAReadyContainerWasRestartedMomentsAgo() throws Exception {
        polyaxon.healthyApi("1.20.0");
        polyaxon.pod("api-2", "ReplicaSet", "api-new", "1.20.0", Polyaxon.restarted(1, "2026-11-20T11:59:55Z"));

        assertThat(failed("selector: app=api").actual())
                .isEqualTo("container api restarted once, last at 2026-11-20T11:59:55Z");
    }

    @Test
    void shouldPassForAPodOfAJobThatHasCompletedAndFailForOneWhoseJobHasFailed() throws Exception {
        job("Complete");
        polyaxon.pod("migrate-1", "Job", "migrate", "1.20.0", "phase: Succeeded");
        assertThat(look("selector: app=api").get(0).actual()).isEqualTo("completed");

        job("Failed");
        polyaxon.pod("migrate-1", "Job", "migrate", "1.20.0", "phase: Failed");
        assertThat(failed("selector: app=api").actual()).isEqualTo("Job migrate has failed");
    }

    @Test
    void shouldRefuseParametersThatNameNoPods() {
        assertThatThrownBy(() -> look("{}")).isInstanceOf(BadParametersException.class);
        assertThatThrownBy(() -> look("kind: Deployment")).hasMessageContaining("expected both 'kind' and 'name'");
        assertThatThrownBy(() -> look("selectr: app=api"))
                .hasMessageContaining("came 'selectr'")
                .hasMessageContaining("kubernetes.pods-healthy");
    }

    private void job(String condition) {
        cluster.put("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: migrate}
                status: {conditions: [{type: %s, status: "True"}]}
                """.formatted(condition));
    }

    private List<Evidence> look(String with) throws BadParametersException {
        return Looking.at(cluster, new PodsHealthyCheck(), with);
    }

    private Evidence failed(String with) throws BadParametersException {
        return look(with).stream()
                .filter(e -> e.result() == Result.FAILED)
                .findFirst()
                .orElseThrow();
    }
}
