package io.upstep.verifier.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.cluster.MockCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private static final String CLAIMS = "kind: PersistentVolumeClaim, selector: app=etcd";

    private final MockCluster cluster = new MockCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldTellTheUidsByName() throws Exception {
        claim("etcd-storage-etcd-0");
        claim("etcd-storage-etcd-1");

        Fact fact = Looking.at(cluster, new IdentitiesProbe(), "{" + CLAIMS + "}");

        assertThat(fact.value()).hasSize(2);
        assertThat(fact.value().path("etcd-storage-etcd-0").asText())
                .isNotEmpty()
                .isNotEqualTo(fact.value().path("etcd-storage-etcd-1").asText());
        assertThat(Looking.at(cluster, new IdentitiesProbe(), "{" + CLAIMS + ", names: [etcd-storage-etcd-1]}")
                        .value()
                        .fieldNames())
                .toIterable()
                .containsExactly("etcd-storage-etcd-1");
    }

    @Test
    void shouldFindOutAnObjectThatWasMadeAnewUnderItsName() throws Exception {
        claim("etcd-storage-etcd-0");
        String uid = Looking.at(cluster, new IdentitiesProbe(), "{" + CLAIMS + "}")
                .value()
                .path("etcd-storage-etcd-0")
                .asText();
        claim("etcd-storage-etcd-1");

        List<Evidence> evidence = Looking.at(
                cluster,
                new IdentitiesCheck(),
                "{" + CLAIMS + ", expected: {etcd-storage-etcd-0: " + uid + ", etcd-storage-etcd-1: b2, gone: d4}}");

        assertThat(evidence).extracting(Evidence::result).containsExactly(Result.PASSED, Result.FAILED, Result.FAILED);
        assertThat(evidence.get(1).actual()).startsWith("uid ");
        assertThat(evidence.get(2).actual()).isEqualTo("no such object");
    }

    @Test
    void shouldNotTakeNothingForTheSame() {
        assertThatThrownBy(() -> Looking.at(cluster, new IdentitiesCheck(), "{" + CLAIMS + ", expected: {}}"))
                .isInstanceOf(BadParametersException.class)
                .hasMessageContaining("at least one object");
    }

    private void claim(String name) {
        cluster.put(
                "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: " + name + ", labels: {app: etcd}}}");
    }
}
