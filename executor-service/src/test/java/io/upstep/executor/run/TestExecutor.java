package io.upstep.executor.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.upstep.event.Event;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepRequested;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.Worker;
import io.upstep.executor.action.Actions;
import io.upstep.executor.action.Leftovers;
import io.upstep.executor.cluster.Clusters;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One executor as its container would put it together, with an action and a broker of the test's own. */
final class TestExecutor implements AutoCloseable {
    final MovableClock clock = new MovableClock();
    final ScriptedAction action = new ScriptedAction();
    final StepRunner runner;
    final StepCanceller canceller;
    final Executions executions;
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final StepThreads threads = new StepThreads(pool);

    TestExecutor(
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
        ExecutorConfig config = builder.build().getConfigMapping(ExecutorConfig.class);
        Worker worker = new Worker(name, clock.instant());
        Clusters clusters = new Clusters(config);
        ReliablePublisher publisher = new ReliablePublisher(broker, worker, clock);
        executions = new Executions(config);
        StepMetrics metrics = new StepMetrics(new SimpleMeterRegistry(), executions);
        Admission admission =
                new Admission(new KubernetesLeases(clock), clusters, publisher, executions, threads, worker, clock);
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
                admission, executions, clusters, List.of(leftovers), publisher, threads, metrics, worker, clock);
    }

    CompletableFuture<Void> requested(StepRequested request) {
        return runner.requested(Event.of("/test", clock.instant(), request)).toCompletableFuture();
    }

    CompletableFuture<Void> cancelRequested(StepCancelRequested request) {
        return canceller
                .cancelRequested(Event.of("/test", clock.instant(), request))
                .toCompletableFuture();
    }

    @Override
    public void close() {
        executions.close();
        threads.close();
        pool.shutdownNow();
    }
}
