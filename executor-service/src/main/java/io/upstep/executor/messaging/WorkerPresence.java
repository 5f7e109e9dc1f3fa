package io.upstep.executor.messaging;

import io.upstep.broker.Presence;
import io.upstep.event.EventType;
import io.upstep.event.WorkerSeen;
import io.upstep.event.WorkerSeen.ClusterSeen;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.Worker;
import io.upstep.executor.action.Actions;
import io.upstep.executor.cluster.ClusterProbes;
import io.upstep.executor.run.StepThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells the planner that this executor is here, what it can do and which of its clusters it reaches. */
@ApplicationScoped
public class WorkerPresence {
    // A cluster that is away is asked more often, so that its return is noticed soon.
    private static final Duration WHILE_AWAY = Duration.ofSeconds(1);

    private final Presence presence;
    private final ClusterProbes probes;
    private final Actions actions;
    private final StepThreads threads;
    private final ExecutorConfig config;
    private final Worker worker;
    private final String version;

    public WorkerPresence(
            Presence presence,
            ClusterProbes probes,
            Actions actions,
            StepThreads threads,
            ExecutorConfig config,
            Worker worker,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.presence = presence;
        this.probes = probes;
        this.actions = actions;
        this.threads = threads;
        this.config = config;
        this.worker = worker;
        this.version = version;
    }

    void start() {
        for (ClusterSeen cluster : probes.seen()) {
            threads.run(() -> probes.probe(cluster.name()));
            threads.every(WHILE_AWAY, () -> probeIfAway(cluster.name()));
            threads.every(config.presenceInterval(), () -> probes.probe(cluster.name()));
        }
        presence.start(this::seen);
    }

    private void probeIfAway(String cluster) {
        if (probes.seen().stream().anyMatch(c -> c.name().equals(cluster) && c.problem() != null)) {
            probes.probe(cluster);
        }
    }

    private WorkerSeen seen() {
        return new WorkerSeen(
                worker.name(),
                EventType.Role.EXECUTOR,
                version,
                probes.seen(),
                actions.names(),
                worker.startedAt(),
                config.presenceInterval(),
                false);
    }
}
