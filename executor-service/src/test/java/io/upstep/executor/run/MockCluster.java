package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;

/** An API server that keeps what it is given, and the kubeconfig file that leads to it. */
final class MockCluster implements AutoCloseable {
    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final KubernetesClient client;

    MockCluster() {
        server.init();
        client = server.createClient();
    }

    KubernetesClient client() {
        return client;
    }

    Path kubeconfig(Path directory) {
        try {
            return Files.writeString(directory.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: east, cluster: {server: "%s"}}]
                    users: [{name: east, user: {token: none}}]
                    contexts: [{name: east, context: {cluster: east, user: east, namespace: default}}]
                    current-context: east
                    """.formatted(
                            client.getConfiguration().getMasterUrl()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
