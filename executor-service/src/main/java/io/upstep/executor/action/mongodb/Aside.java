package io.upstep.executor.action.mongodb;

import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs what waits for a server on a thread of its own, because only so can an attempt end while the server is at work. */
final class Aside implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "upstep-mongodb");
        made.setDaemon(true);
        return made;
    });
    private final StepContext context;
    private final Runnable cancel;

    /** @param cancel makes what is running come to an end */
    Aside(StepContext context, Runnable cancel) {
        this.context = context;
        this.cancel = cancel;
    }

    /** @throws StoppedException when the attempt is to end; what was running is cancelled then */
    <T> T call(Callable<T> work) {
        Future<T> running = thread.submit(work);
        try {
            while (true) {
                try {
                    return running.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    context.pause(MOMENT);
                }
            }
        } catch (StoppedException e) {
            cancel.run();
            throw e;
        } catch (InterruptedException e) {
            cancel.run();
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted while the server was at work");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
