package io.upstep.verifier.check;

import io.upstep.verifier.VerifierConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bounded pools in which looks are made, one per cluster, and the timer between them. Waiting for the next look holds
 * no thread, and a cluster that hangs holds up no other.
 */
@ApplicationScoped
public class Workers {
    private static final String OWN = "own";
    private static final int IDLE_SECONDS = 30;

    private final int threads;
    private final Map<String, ExecutorService> pools = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(named("upstep-verifier-timer-"));

    public Workers(VerifierConfig config) {
        threads = config.threads();
    }

    /** Where a cluster is looked at. */
    public Executor pool(String cluster) {
        return pools.computeIfAbsent("cluster " + cluster, this::newPool);
    }

    /** Where everything is done that waits for no cluster. */
    public Executor pool() {
        return pools.computeIfAbsent(OWN, this::newPool);
    }

    public void after(Duration delay, Executor pool, Runnable task) {
        timer.schedule(() -> pool.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Repeats until cancelled, the first time after one period. */
    public Future<?> every(Duration period, Executor pool, Runnable task) {
        return timer.scheduleWithFixedDelay(
                () -> pool.execute(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    public void close() {
        timer.shutdownNow();
        pools.values().forEach(ExecutorService::shutdownNow);
    }

    private ExecutorService newPool(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                named("upstep-verifier-" + name.replace(' ', '-') + "-"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            // Not that of whoever happened to cause the thread: clients look for their parts through it.
            thread.setContextClassLoader(Workers.class.getClassLoader());
            return thread;
        };
    }
}
