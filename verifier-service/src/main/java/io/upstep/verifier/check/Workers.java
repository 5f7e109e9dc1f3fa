package io.upstep.verifier.check;

import io.upstep.verifier.VerifierConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The bounded pool in which looks are made, and the timer between them; waiting for the next look holds no thread. */
@ApplicationScoped
public class Workers {
    private final ExecutorService pool;
    private final ScheduledExecutorService timer;

    public Workers(VerifierConfig config) {
        pool = Executors.newFixedThreadPool(config.threads(), named("upstep-verifier-"));
        timer = Executors.newSingleThreadScheduledExecutor(named("upstep-verifier-timer-"));
    }

    public Executor pool() {
        return pool;
    }

    public void after(Duration delay, Runnable task) {
        timer.schedule(() -> pool.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Repeats until cancelled, the first time after one period. */
    public Future<?> every(Duration period, Runnable task) {
        return timer.scheduleWithFixedDelay(
                () -> pool.execute(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    public void close() {
        timer.shutdownNow();
        pool.shutdownNow();
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
