package io.upstep.executor;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Gives the service a cluster of its own to work on, and the embedded broker. */
public class TestClusterResource implements QuarkusTestResourceLifecycleManager {
    private TestCluster cluster;

    @Override
    public Map<String, String> start() {
        cluster = new TestCluster();
        return Map.of(
                "upstep.broker",
                "embedded",
                "upstep.clusters",
                cluster.configured() + ",nowhere=not-in-the-file",
                "upstep.kubeconfig",
                cluster.kubeconfig(directory()).toString(),
                "quarkus.http.test-port",
                "0",
                "test.namespace",
                cluster.namespace());
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("upstep-executor-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        cluster.close();
    }
}
