package io.upstep.executor.action.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An attempt that owns its installation until the test says otherwise, and remembers what it was told. */
public final class FakeContext implements StepContext {
    private final TestCluster cluster;
    private final AttemptId attempt;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Runnable beforeWrite = () -> {};
    private String cursor;
    private int firstAttempt = 1;

    public FakeContext(TestCluster cluster, int attempt, long epoch) {
        this(cluster, new AttemptId("0f8fad5b-d9cb-469f-a165-70867728950e", "step-1", attempt, epoch));
    }

    public FakeContext(TestCluster cluster, AttemptId attempt) {
        this.cluster = cluster;
        this.attempt = attempt;
    }

    /** The same step's next attempt, with what this one has saved. */
    public FakeContext next() {
        FakeContext next = new FakeContext(
                cluster, new AttemptId(attempt.planId(), attempt.stepId(), attempt.attempt() + 1, attempt.epoch() + 1));
        next.cursor = cursor;
        next.firstAttempt = firstAttempt;
        return next;
    }

    /** What earlier attempts did counts no more. */
    public FakeContext anew() {
        firstAttempt = attempt.attempt();
        cursor = null;
        return this;
    }

    public FakeContext beforeWrite(Runnable what) {
        beforeWrite = what;
        return this;
    }

    public void stop() {
        stopped.countDown();
    }

    public List<String> told() {
        return told;
    }

    @Override
    public Installation installation() {
        return new Installation("test", cluster.namespace(), "web");
    }

    @Override
    public AttemptId attempt() {
        return attempt;
    }

    @Override
    public String planner() {
        return "ours";
    }

    @Override
    public int firstAttempt() {
        return firstAttempt;
    }

    @Override
    public KubernetesClient client() {
        return cluster.client();
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public void progress(Double fraction, String message) {
        told.add(message);
    }

    @Override
    public void log(String line) {
        told.add(line);
    }

    @Override
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    @Override
    public void saveCursor(String newCursor) {
        cursor = newCursor;
    }

    @Override
    public void checkpoint() {
        if (stopped.getCount() == 0) {
            throw new StoppedException("stopped by the test");
        }
        beforeWrite.run();
    }

    @Override
    public void pause(Duration duration) {
        try {
            if (stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoppedException("stopped by the test");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
