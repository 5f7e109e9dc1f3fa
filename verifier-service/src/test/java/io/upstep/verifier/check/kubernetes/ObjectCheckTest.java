package io.upstep.verifier.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.cluster.KindNotServedException;
import io.upstep.verifier.cluster.MockCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectCheckTest {
    private final MockCluster cluster = new MockCluster();

    @BeforeEach
    void install() {
        cluster.put("{apiVersion: v1, kind: ConfigMap, metadata: {name: one, labels: {app: api}}}");
        cluster.put("{apiVersion: v1, kind: ConfigMap, metadata: {name: two, labels: {app: api}}}");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldJudgePresenceAbsenceAndCount() throws Exception {
        assertThat(result("{kind: ConfigMap, name: one}")).isEqualTo(Result.PASSED);
        assertThat(result("{kind: ConfigMap, name: three}")).isEqualTo(Result.FAILED);
        assertThat(result("{kind: ConfigMap, name: three, present: false}")).isEqualTo(Result.PASSED);
        assertThat(result("{kind: ConfigMap, selector: app=api, present: false}"))
                .isEqualTo(Result.FAILED);
        assertThat(result("{kind: ConfigMap, selector: app=api, count: 2}")).isEqualTo(Result.PASSED);
        assertThat(result("{kind: ConfigMap, selector: app=api, count: 3}")).isEqualTo(Result.FAILED);
        assertThat(result("{kind: ConfigMap, selector: app=web, count: 0}")).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldFindKindsOfItsOwnThroughDiscovery() throws Exception {
        discover();
        cluster.answer(
                "/apis/core.polyaxon.com/v1/namespaces/polyaxon/operations",
                200,
                "{\"items\": [{\"metadata\": {\"name\": \"run\"}}]}");

        assertThat(look("{kind: Operation, apiVersion: core.polyaxon.com/v1}").actual())
                .isEqualTo("1 found: run");
    }

    @Test
    void shouldCountAKindThatIsNotServedAsAbsentOnlyWhenAskedForAbsence() throws Exception {
        discover();
        assertThat(result("{kind: Gone, apiVersion: core.polyaxon.com/v1, present: false}"))
                .isEqualTo(Result.PASSED);
        assertThatThrownBy(() -> look("{kind: Gone, apiVersion: core.polyaxon.com/v1}"))
                .isInstanceOf(KindNotServedException.class);
        assertThatThrownBy(() -> look("{kind: Deploymnet, present: false}"))
                .isInstanceOf(KindNotServedException.class)
                .hasMessageContaining("without an apiVersion");
    }

    @Test
    void shouldRefuseACountOfAbsentObjects() {
        assertThatThrownBy(() -> look("{kind: ConfigMap, present: false, count: 1}"))
                .isInstanceOf(BadParametersException.class);
    }

    private void discover() {
        cluster.answer("/apis/core.polyaxon.com/v1", 200, """
                {"resources": [
                  {"name": "operations", "kind": "Operation", "namespaced": true},
                  {"name": "operations/status", "kind": "Operation", "namespaced": true}]}
                """);
    }

    private Result result(String with) throws BadParametersException {
        return look(with).result();
    }

    private Evidence look(String with) throws BadParametersException {
        return Looking.at(cluster, new ObjectCheck(), with).get(0);
    }
}
