package io.upstep.executor.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.upstep.event.Event;
import io.upstep.event.LeaseReleaseRequested;
import io.upstep.event.Outcome;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepRequested;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.Worker;
import io.upstep.executor.action.Actions;
import io.upstep.executor.action.Leftovers;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.cluster.Clusters;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** One executor as its container would put it together, with an action and a broker of the test's own. */
public final class TestExecutor implements AutoCloseable {
    final MovableClock clock = new MovableClock();
    final ScriptedAction action = new ScriptedAction();
    public final ExecutorConfig config;
    public final Clusters clusters;
    public final StepRunner runner;
    public final StepCanceller canceller;
    public final LeaseReleaser releaser;
    public final Executions executions;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    public final StepThreads threads = new StepThreads(pool);

    public TestExecutor(
            String name,
            FakeBroker broker,
            String cluster,
            Path kubeconfig,
            Map<String, String> options,
            Leftovers... leftovers) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ExecutorConfig.class)
                .withDefaultValue("upstep.executor.clusters", cluster)
                .withDefaultValue("upstep.executor.kubeconfig", kubeconfig.toString())
                .withDefaultValue("upstep.executor.heartbeat-interval", "30ms");
        options.forEach((key, value) -> builder.withDefaultValue("upstep.executor." + key, value));
        config = builder.build().getConfigMapping(ExecutorConfig.class);
        Worker worker = new Worker(name, clock.instant());
        clusters = new Clusters(config);
        ReliablePublisher publisher = new ReliablePublisher(broker, worker, clock);
        executions = new Executions(config);
        StepMetrics metrics = new StepMetrics(meters, executions);
        Leases leases = new KubernetesLeases(clock);
        Admission admission = new Admission(leases, clusters, publisher, executions, threads, worker, clock);
        runner = new StepRunner(
                config,
                admission,
                new ActionCall(new Actions(List.of(action)), clock),
                executions,
                clusters,
                publisher,
                threads,
                metrics,
                worker,
                clock);
        canceller = new StepCanceller(
                admission,
                leases,
                executions,
                clusters,
                List.of(leftovers),
                publisher,
                threads,
                metrics,
                worker,
                clock);
        releaser = new LeaseReleaser(leases, clusters, threads, clock);
    }

    /** Every step from now on does this. */
    public void does(Function<StepContext, Outcome> script) {
        action.does(script);
    }

    /** Asks for the first step of some plan. */
    public CompletableFuture<Void> requested(String namespace) {
        return requested(Requests.in(namespace).step(Requests.attempt(1, 1)));
    }

    CompletableFuture<Void> requested(StepRequested request) {
        return runner.requested(Event.of("/test", clock.instant(), request)).toCompletableFuture();
    }

    CompletableFuture<Void> cancelRequested(StepCancelRequested request) {
        return canceller
                .cancelRequested(Event.of("/test", clock.instant(), request))
                .toCompletableFuture();
    }

    CompletableFuture<Void> releaseRequested(LeaseReleaseRequested request) {
        return releaser.releaseRequested(Event.of("/test", clock.instant(), request))
                .toCompletableFuture();
    }

    /** How many requests led to no work for this reason. */
    double dropped(String reason) {
        return meters.counter("upstep.executor.requests.dropped", "reason", reason)
                .count();
    }

    @Override
    public void close() {
        executions.close();
        threads.close();
        pool.shutdownNow();
    }
}
