package io.upstep.executor.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.upstep.event.LeaseReleaseRequested;
import io.upstep.event.Outcome;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepExecuted;
import io.upstep.event.StepRequested;
import io.upstep.executor.TestCluster;
import io.upstep.executor.run.FakeBroker;
import io.upstep.executor.run.TestExecutor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorLifeTest {
    @TempDir
    Path directory;

    private final FakeBroker broker = new FakeBroker();
    private TestCluster cluster;
    private TestExecutor executor;
    private StepSubscriptions subscriptions;
    private ExecutorReadiness readiness;
    private ExecutorLife life;

    @BeforeEach
    void start() {
        cluster = new TestCluster();
        executor = new TestExecutor("a", broker, "east", cluster.kubeconfig(directory), Map.of());
        subscriptions = new StepSubscriptions(
                broker,
                executor.clusters,
                executor.config,
                executor.runner,
                executor.canceller,
                executor.releaser,
                executor.threads);
        readiness = new ExecutorReadiness(executor.executions, executor.clusters);
        life = new ExecutorLife(subscriptions, null, executor.executions, executor.runner);
        subscriptions.open();
    }

    @AfterEach
    void stop() {
        executor.close();
        cluster.close();
    }

    @Test
    void shouldHearCancellationsBeforeRequestsWhenItStarts() {
        assertThat(broker.subscribed())
                .containsExactly(StepCancelRequested.class, LeaseReleaseRequested.class, StepRequested.class);
    }

    @Test
    void shouldBeUnreadyThenTakeNothingMoreThenEndWhatRunsWhenItStops() {
        List<Status> whenClosed = new CopyOnWriteArrayList<>();
        broker.onClose(() -> whenClosed.add(readiness.call().getStatus()));
        CountDownLatch release = new CountDownLatch(1);
        executor.does(context -> {
            await().until(() -> release.getCount() == 0);
            return Outcome.Succeeded.of("done");
        });
        executor.requested(cluster.namespace()).join();
        assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> life.stop(null));

        await().until(() -> whenClosed.size() == 3);
        assertThat(whenClosed).containsOnly(Status.DOWN);
        assertThat(stopping).isNotDone();
        assertThat(broker.heard(StepExecuted.class)).isEmpty();
        release.countDown();
        stopping.join();
        assertThat(broker.heard(StepExecuted.class)).hasSize(1);
    }
}
