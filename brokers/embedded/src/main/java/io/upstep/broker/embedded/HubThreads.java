package io.upstep.broker.embedded;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The hub's threads: as many as groups are being drained at this moment, none of them polling, and one for timers. */
final class HubThreads implements AutoCloseable {
    private final ExecutorService workers = Executors.newCachedThreadPool(named("upstep-embedded-"));
    private final ScheduledThreadPoolExecutor timers =
            new ScheduledThreadPoolExecutor(1, named("upstep-embedded-timer-"));

    HubThreads() {
        timers.setRemoveOnCancelPolicy(true);
    }

    void execute(Runnable task) {
        workers.execute(task);
    }

    Future<?> later(Duration delay, Runnable task) {
        return timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timers.shutdownNow();
        workers.shutdown();
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
