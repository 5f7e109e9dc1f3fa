package io.upstep.broker.redis;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does things later and regularly: on one thread what never waits, on others what may. */
final class Timers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(1, task -> Threads.daemon("upstep-redis-timer", task));
    private final ExecutorService workers =
            Executors.newCachedThreadPool(task -> Threads.daemon("upstep-redis-worker", task));

    Timers() {
        clock.setRemoveOnCancelPolicy(true);
    }

    /** @param task may wait */
    void later(Duration delay, Runnable task) {
        clock.schedule(() -> workers.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** @param task does not wait and does not throw */
    Future<?> every(Duration interval, Runnable task) {
        return clock.scheduleWithFixedDelay(task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** @param task may wait */
    void now(Runnable task) {
        workers.execute(task);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdownNow();
    }
}
