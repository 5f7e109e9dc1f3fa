package io.upstep.executor;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.upstep.simulator.Options;
import io.upstep.simulator.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A fresh namespace: of the API server a kubeconfig in the environment leads to, or else of a simulated cluster. */
public final class TestCluster implements AutoCloseable {
    private static final Optional<Path> GIVEN = Stream.of("UPSTEP_TEST_KUBECONFIG", "KUBECONFIG")
            .map(System::getenv)
            .filter(path -> path != null && !path.isBlank())
            .map(Path::of)
            .findFirst();

    private final Optional<SimulatedCluster> simulated;
    private final KubernetesClient client;
    private final String namespace =
            "upstep-test-" + UUID.randomUUID().toString().substring(0, 8);

    public TestCluster() {
        simulated = GIVEN.isPresent() ? Optional.empty() : Optional.of(SimulatedCluster.start(Options.named("east")));
        client = GIVEN.map(file -> new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(file.toFile()))
                        .build())
                .orElseGet(() -> simulated.orElseThrow().client());
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    /** A kubeconfig file that leads here, written into the directory unless it is given. */
    public Path kubeconfig(Path directory) {
        return GIVEN.orElseGet(() -> write(directory.resolve("kubeconfig")));
    }

    /** The cluster as an executor is configured with it. */
    public String configured() {
        return GIVEN.map(file -> "east="
                        + Config.fromKubeconfig(file.toFile())
                                .getCurrentContext()
                                .getName())
                .orElse("east");
    }

    private Path write(Path file) {
        try {
            return Files.writeString(file, simulated.orElseThrow().kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public KubernetesClient client() {
        return client;
    }

    public String namespace() {
        return namespace;
    }

    /** The simulated cluster, for what no real one can do; empty where a real one was given. */
    public Optional<SimulatedCluster> simulated() {
        return simulated;
    }

    /** A Deployment labelled {@code app=<name>}, with one container called main; its simulated rollout is over. */
    public Deployment deploy(String name, String image, int replicas) {
        create(name, image, replicas);
        // Its controllers write nothing more of their own accord, so that a test may count writes.
        simulated.ifPresent(SimulatedCluster::settle);
        return deployment(name);
    }

    private void create(String name, String image, int replicas) {
        Map<String, String> labels = Map.of("app", name);
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage(image)
                        .addNewEnv()
                        .withName("DB_PASSWORD")
                        .withValue("hunter2")
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    /**
     * Somebody else writes to a Deployment, and is never refused: this names no version, unlike an edit, which conflicts with
     * what the Deployment's controllers write in between.
     */
    public void touch(String deployment, String annotation) {
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"%s\": \"1\"}}}".formatted(annotation));
    }

    public Deployment deployment(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name).get();
    }

    public String image(String deployment) {
        return deployment(deployment)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    public Secret secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
        simulated.ifPresent(SimulatedCluster::close);
    }
}
