package io.upstep.verifier.live;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.upstep.event.CheckSpec;
import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.event.FactSpec;
import io.upstep.event.Installation;
import io.upstep.event.Verdict;
import io.upstep.simulator.Options;
import io.upstep.simulator.SimulatedCluster;
import io.upstep.verifier.TestConfig;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.CheckRunner;
import io.upstep.verifier.check.Checks;
import io.upstep.verifier.check.Observer;
import io.upstep.verifier.check.Probes;
import io.upstep.verifier.check.Workers;
import io.upstep.verifier.check.grpc.CallCheck;
import io.upstep.verifier.check.grpc.CallProbe;
import io.upstep.verifier.check.grpc.Calls;
import io.upstep.verifier.check.grpc.Channels;
import io.upstep.verifier.check.helm.ReleaseProbe;
import io.upstep.verifier.check.helm.ValuesProbe;
import io.upstep.verifier.check.http.HttpReader;
import io.upstep.verifier.check.http.HttpStatusCheck;
import io.upstep.verifier.check.kubernetes.CountProbe;
import io.upstep.verifier.check.kubernetes.DataSurvivalProbe;
import io.upstep.verifier.check.kubernetes.FieldProbe;
import io.upstep.verifier.check.kubernetes.InstalledProbe;
import io.upstep.verifier.check.kubernetes.LeftoversProbe;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.check.kubernetes.ObjectCheck;
import io.upstep.verifier.check.kubernetes.PodsHealthyCheck;
import io.upstep.verifier.check.kubernetes.RolloutCompleteCheck;
import io.upstep.verifier.check.kubernetes.ServerVersionProbe;
import io.upstep.verifier.check.kubernetes.VersionCheck;
import io.upstep.verifier.check.kubernetes.VersionProbe;
import io.upstep.verifier.check.kubernetes.VolumeKindProbe;
import io.upstep.verifier.check.mongodb.Mongods;
import io.upstep.verifier.check.sql.Databases;
import io.upstep.verifier.check.sql.QueryCheck;
import io.upstep.verifier.check.sql.QueryProbe;
import io.upstep.verifier.cluster.Clusters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A namespace in the real cluster that UPSTEP_TEST_KUBECONFIG leads to or else in a simulated one, and a verifier for it. */
final class LiveCluster implements AutoCloseable {
    private static final String NAME = "east";
    private static final String PLAN = "11111111-2222-3333-4444-555555555555";

    final KubernetesClient admin;
    final Installation installation;
    private final SimulatedCluster simulated;
    private final Clusters clusters;
    private final Workers workers;
    private final CheckRunner runner;
    private final Observer observer;

    /** A new namespace. */
    LiveCluster(String... config) {
        this("verifier-test-" + UUID.randomUUID().toString().substring(0, 8), real(), Options.named(NAME), config);
        admin.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(installation.namespace())
                        .endMetadata()
                        .build())
                .create();
    }

    private LiveCluster(String namespace, Path real, Options options, String... config) {
        simulated = real != null ? null : SimulatedCluster.start(options);
        Path kubeconfig = real != null ? real : write(simulated.kubeconfig());
        Config way = Config.fromKubeconfig(kubeconfig.toFile());
        admin = new KubernetesClientBuilder().withConfig(way).build();
        installation = new Installation(NAME, namespace, "polyaxon");
        VerifierConfig settings =
                TestConfig.with(NAME + "=" + way.getCurrentContext().getName(), kubeconfig, config);
        Clock clock = Clock.systemUTC();
        clusters = new Clusters(settings);
        Databases databases = new Databases(settings);
        Calls calls = new Calls(new Channels(settings), settings);
        workers = new Workers(settings);
        runner = new CheckRunner(
                new Checks(List.of(
                        new RolloutCompleteCheck(),
                        new PodsHealthyCheck(),
                        new VersionCheck(),
                        new ObjectCheck(),
                        new HttpStatusCheck(new HttpReader(settings)),
                        new QueryCheck(databases, settings),
                        new CallCheck(calls))),
                workers,
                settings,
                clock);
        observer = new Observer(
                new Probes(List.of(
                        new InstalledProbe(),
                        new VersionProbe(),
                        new VolumeKindProbe(),
                        new FieldProbe(),
                        new CountProbe(),
                        new ServerVersionProbe(),
                        new DataSurvivalProbe(),
                        new LeftoversProbe(),
                        new ReleaseProbe(),
                        new ValuesProbe(),
                        new QueryProbe(databases, settings),
                        new CallProbe(calls),
                        new io.upstep.verifier.check.mongodb.VersionProbe(new Mongods(settings), settings))),
                workers,
                settings,
                clock);
    }

    /** The bundled Polyaxon installation, always simulated. */
    static LiveCluster polyaxon(String... config) {
        return new LiveCluster("polyaxon", null, Options.named(NAME).withPreload("polyaxon-1.x"), config);
    }

    /** A new namespace, always simulated. */
    static LiveCluster inSimulation(String... config) {
        LiveCluster made = new LiveCluster("verifier-test", null, Options.named(NAME), config);
        made.admin
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(made.installation.namespace())
                        .endMetadata()
                        .build())
                .create();
        return made;
    }

    SimulatedCluster simulated() {
        return simulated;
    }

    void apply(String yaml) {
        admin.resource(Looking.yaml(yaml).toString())
                .inNamespace(installation.namespace())
                .createOr(resource -> resource.update());
    }

    CompletableFuture<Verdict> verify(String check, String with) {
        return verify(check, with, Duration.ofMinutes(1), seen -> {});
    }

    CompletableFuture<Verdict> verify(String check, String with, Duration within, Consumer<List<Evidence>> seen) {
        return runner.run(
                        PLAN,
                        installation,
                        clusters.reader(NAME).orElseThrow(),
                        List.of(new CheckSpec(check, Looking.yaml(with), within)),
                        seen)
                .toCompletableFuture();
    }

    Fact observe(String probe, String with) {
        return observer.observe(
                        PLAN,
                        installation,
                        clusters.reader(NAME).orElseThrow(),
                        List.of(new FactSpec("fact", probe, Looking.yaml(with))))
                .toCompletableFuture()
                .join()
                .get("fact");
    }

    @Override
    public void close() {
        if (simulated == null) {
            admin.namespaces().withName(installation.namespace()).delete();
        }
        workers.close();
        admin.close();
        if (simulated != null) {
            simulated.close();
        }
    }

    private static Path real() {
        String path = System.getenv("UPSTEP_TEST_KUBECONFIG");
        return path == null || path.isBlank() ? null : Path.of(path);
    }

    private static Path write(String kubeconfig) {
        try {
            Path file = Files.createTempFile("kubeconfig", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
