package io.upstep.executor.run;

import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** What steps run on: virtual threads where the JVM has them, and a clock-work that only ever rings. */
@ApplicationScoped
public class StepThreads {
    private static final Logger LOG = Logger.getLogger(StepThreads.class);

    private final ExecutorService pool;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "upstep-executor-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closing = new CountDownLatch(1);

    @Inject
    public StepThreads(@VirtualThreads ExecutorService pool) {
        this.pool = pool;
    }

    public void run(Runnable task) {
        pool.execute(task);
    }

    /** Runs the task again and again on a thread of its own, never twice at once, until cancelled. */
    public Future<?> every(Duration interval, Runnable task) {
        AtomicBoolean busy = new AtomicBoolean();
        return timer.scheduleAtFixedRate(
                () -> ring(task, busy), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ring(Runnable task, AtomicBoolean busy) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        pool.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A repeated task failed in a way it did not expect; it goes on", e);
            } finally {
                busy.set(false);
            }
        });
    }

    /** Waits that long, but not while the process ends. Returns whether it does. */
    public boolean pause(Duration duration) {
        try {
            return closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @PreDestroy
    void close() {
        closing.countDown();
        timer.shutdownNow();
    }
}
