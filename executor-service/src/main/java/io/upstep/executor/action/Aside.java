package io.upstep.executor.action;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs what waits for a server on a thread of its own, because only so can an attempt end while the server is at work. */
public final class Aside implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ExecutorService thread;
    private final StepContext context;
    private final Runnable cancel;

    /**
     * What is run.
     *
     * @param <E> the checked way in which it may fail
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * @param name the thread's
     * @param cancel makes what is running come to an end
     */
    public Aside(String name, StepContext context, Runnable cancel) {
        this.context = context;
        this.cancel = cancel;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    /** @throws StoppedException when the attempt is to end; what was running is cancelled then */
    public <T, E extends Exception> T call(Work<T, E> work) throws E {
        Future<T> running = thread.submit(work::run);
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
            throw Aside.<E>thrown(e.getCause());
        }
    }

    /** Work can throw nothing else that is checked. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E thrown(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (E) cause;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
