package io.upstep.broker.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Runs the tasks of one key one after the other, in order, and those of different keys side by side up to a limit. */
public final class Lanes {
    private final int limit;
    private final Executor executor;
    private final Map<String, Deque<Supplier<CompletionStage<Void>>>> lanes = new HashMap<>();
    private final Deque<String> ready = new ArrayDeque<>();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private int running;
    private boolean closed;

    public Lanes(int limit, Executor executor) {
        if (limit < 1) {
            throw new IllegalArgumentException("concurrency must be 1 or more, but is " + limit);
        }
        this.limit = limit;
        this.executor = executor;
    }

    /** A task ends when its stage does, however it does. Tasks that have not begun when the lanes are closed never do. */
    public void submit(String key, Supplier<CompletionStage<Void>> task) {
        enqueue(key, task);
        pump();
    }

    /** Begins no further task; the stage completes when those at work have ended. */
    public synchronized CompletionStage<Void> close() {
        closed = true;
        ready.clear();
        lanes.clear();
        if (running == 0) {
            idle.complete(null);
        }
        return idle;
    }

    private synchronized void enqueue(String key, Supplier<CompletionStage<Void>> task) {
        if (closed) {
            return;
        }
        Deque<Supplier<CompletionStage<Void>>> lane = lanes.get(key);
        if (lane == null) {
            lane = new ArrayDeque<>();
            lanes.put(key, lane);
            ready.add(key);
        }
        lane.add(task);
    }

    private void pump() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                executor.execute(next);
            } catch (RejectedExecutionException e) {
                // The process is going down: nothing is acknowledged, so nothing is lost.
                close();
                return;
            }
        }
    }

    private synchronized Runnable next() {
        if (running >= limit || ready.isEmpty()) {
            return null;
        }
        String key = ready.poll();
        Supplier<CompletionStage<Void>> task = lanes.get(key).poll();
        running++;
        return () -> run(key, task);
    }

    private void run(String key, Supplier<CompletionStage<Void>> task) {
        Calls.guarded(task).whenComplete((done, failure) -> {
            ended(key);
            pump();
        });
    }

    private synchronized void ended(String key) {
        running--;
        Deque<Supplier<CompletionStage<Void>>> lane = lanes.get(key);
        if (lane != null && lane.isEmpty()) {
            lanes.remove(key);
        } else if (lane != null) {
            ready.add(key);
        }
        if (closed && running == 0) {
            idle.complete(null);
        }
    }
}
