package io.upstep.executor.action.pachyderm;

import io.grpc.StatusRuntimeException;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs what waits for pachd, or for pachctl, on a thread of its own, because only so can an attempt end meanwhile. */
final class Watched implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ExecutorService thread = Executors.newCachedThreadPool(task -> {
        Thread made = new Thread(task, "upstep-pachyderm");
        made.setDaemon(true);
        return made;
    });
    private final StepContext context;
    private final Runnable cancel;

    /** @param cancel makes what is running come to an end */
    Watched(StepContext context, Runnable cancel) {
        this.context = context;
        this.cancel = cancel;
    }

    /** @param tick called now and then meanwhile */
    <T> T call(Callable<T> work, Runnable tick) {
        Future<T> running = thread.submit(work);
        try {
            while (true) {
                try {
                    return running.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    tick.run();
                    context.pause(MOMENT);
                }
            }
        } catch (StoppedException e) {
            cancel.run();
            throw e;
        } catch (InterruptedException e) {
            cancel.run();
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted while pachd was at work");
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    private static RuntimeException thrown(Throwable cause) {
        if (cause instanceof StatusRuntimeException refused) {
            return Failures.of(refused);
        }
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return cause instanceof IOException io
                ? ActionException.passing("disk-error", "the executor's disk refused: " + io)
                : new IllegalStateException(cause);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
