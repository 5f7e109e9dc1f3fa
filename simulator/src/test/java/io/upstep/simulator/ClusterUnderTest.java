package io.upstep.simulator;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A namespace of its own in a real cluster, when the environment names one, or else in a simulated one. */
final class ClusterUnderTest implements AutoCloseable {
    private final Optional<SimulatedCluster> simulated;
    private final KubernetesClient client;
    private final String namespace = "sim-test-" + UUID.randomUUID().toString().substring(0, 8);

    ClusterUnderTest() {
        Optional<String> real = Stream.of("UPSTEP_TEST_KUBECONFIG", "KUBECONFIG")
                .map(System::getenv)
                .filter(v -> v != null && !v.isBlank())
                .findFirst();
        simulated = real.isPresent() ? Optional.empty() : Optional.of(SimulatedCluster.start(Options.named("local")));
        client = simulated.map(SimulatedCluster::client).orElseGet(() -> new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(new File(real.orElseThrow())))
                .build());
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
        simulated.ifPresent(SimulatedCluster::close);
    }
}
