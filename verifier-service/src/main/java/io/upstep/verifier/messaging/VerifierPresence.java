package io.upstep.verifier.messaging;

import io.quarkus.runtime.StartupEvent;
import io.upstep.broker.Presence;
import io.upstep.event.EventType;
import io.upstep.event.WorkerSeen;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.Checks;
import io.upstep.verifier.check.Probes;
import io.upstep.verifier.check.Workers;
import io.upstep.verifier.cluster.Clusters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says that this verifier is here, which clusters it sees, and which checks and probes it knows. */
@ApplicationScoped
public class VerifierPresence {
    private static final int FIRST_LOOK_SECONDS = 1;

    private final Presence presence;
    private final ClusterWatch watch;
    private final Clusters clusters;
    private final Identity identity;
    private final VerifierConfig config;
    private final Workers workers;
    private final List<String> capabilities;
    private final String version;

    public VerifierPresence(
            Presence presence,
            ClusterWatch watch,
            Clusters clusters,
            Identity identity,
            VerifierConfig config,
            Workers workers,
            Checks checks,
            Probes probes,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.presence = presence;
        this.watch = watch;
        this.clusters = clusters;
        this.identity = identity;
        this.config = config;
        this.workers = workers;
        this.capabilities = Stream.concat(checks.names().stream(), probes.names().stream())
                .distinct()
                .sorted()
                .toList();
        this.version = version;
    }

    void start(@Observes StartupEvent event) {
        clusters.names()
                .forEach(name -> workers.every(config.presenceInterval(), workers.pool(name), () -> watch.look(name)));
        CompletableFuture<?>[] looks = clusters.names().stream()
                .map(name -> CompletableFuture.runAsync(() -> watch.look(name), workers.pool(name)))
                .toArray(CompletableFuture[]::new);
        // A cluster that is slow to answer does not keep the verifier from being known.
        CompletableFuture.allOf(looks)
                .completeOnTimeout(null, FIRST_LOOK_SECONDS, TimeUnit.SECONDS)
                .thenRunAsync(() -> presence.start(this::seen), workers.pool());
    }

    private WorkerSeen seen() {
        return new WorkerSeen(
                identity.worker(),
                EventType.Role.VERIFIER,
                version,
                watch.seen(),
                capabilities,
                identity.startedAt(),
                config.presenceInterval(),
                false);
    }
}
