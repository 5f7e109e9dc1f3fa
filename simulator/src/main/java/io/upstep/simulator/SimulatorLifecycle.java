package io.upstep.simulator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.upstep.simulator.controller.Pace;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Starts the simulated cluster before anything else looks for one, and stops it last. */
@ApplicationScoped
public class SimulatorLifecycle {
    private static final Logger LOG = Logger.getLogger(SimulatorLifecycle.class);
    private static final int FIRST = Interceptor.Priority.PLATFORM_BEFORE;
    private static final int LAST = Interceptor.Priority.PLATFORM_AFTER + 1000;

    /** It may run for weeks, and few ask. */
    private static final int WRITES_KEPT = 20_000;

    private final SimulatorConfig config;
    private Optional<SimulatedCluster> cluster = Optional.empty();

    @Inject
    public SimulatorLifecycle(SimulatorConfig config) {
        this.config = config;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event) {
        if (config.enabled() && config.unless().isEmpty()) {
            SimulatedCluster started = SimulatedCluster.start(options());
            cluster = Optional.of(started);
            LOG.infof(
                    "Simulated cluster '%s' at %s: kubectl --kubeconfig %s",
                    started.name(), started.url(), publish(started));
        }
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        cluster.ifPresent(SimulatedCluster::close);
        cluster = Optional.empty();
    }

    /** The cluster that runs, if one does. */
    public Optional<SimulatedCluster> cluster() {
        return cluster;
    }

    private Options options() {
        return Options.named(config.cluster())
                .withPort(config.port())
                .withPace(Pace.demo(config.pace()))
                .withFile(config.dataDir().resolve("objects.jsonl"))
                .withPreload(config.preload().orElse(List.of()).toArray(String[]::new))
                .withWritesKept(WRITES_KEPT);
    }

    private Path publish(SimulatedCluster started) {
        Path file = config.dataDir().resolve("kubeconfig").toAbsolutePath();
        try {
            Path fresh = file.resolveSibling("kubeconfig.new");
            Files.writeString(fresh, started.kubeconfig());
            // Whoever reads it while it changes sees the old or the new one, never half.
            return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated cluster cannot write its kubeconfig to " + file, e);
        }
    }
}
