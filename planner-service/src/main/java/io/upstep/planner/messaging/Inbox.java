package io.upstep.planner.messaging;

import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.PlanException;
import io.upstep.planner.store.Applier;
import io.upstep.planner.store.Change;
import io.upstep.planner.store.Changed;
import io.upstep.planner.store.StoreException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Applies what was heard. Whatever has come in while the last transaction was being committed shares the next one, so a
 * message that comes alone waits for nothing, and many together cost one commit.
 */
@Singleton
public class Inbox implements AutoCloseable {
    private static final int BATCH = 256;
    private static final long WAIT_MILLIS = 200;
    private static final long PAUSE_MILLIS = 500;

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Applier applier;
    private final Loop loop;
    /** Being applied. Stays while the database is away: failed messages would soon be dead letters. */
    private List<Waiting> batch = List.of();

    @Inject
    public Inbox(Applier applier) {
        this.applier = applier;
        loop = new Loop("inbox", this::round, () -> closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    }

    public void start() {
        loop.start();
    }

    /** Completes when the change is committed; fails, nothing having been changed, when it could not be. */
    public CompletionStage<Changed> put(UUID planId, Happening happening) {
        Waiting waiting = new Waiting(new Change(planId, happening), new CompletableFuture<>());
        queue.add(waiting);
        return waiting.done();
    }

    /** What has not been applied by then is failed, so that the broker delivers it again, here or elsewhere. */
    @Override
    public void close() {
        closing.countDown();
        loop.close();
        List<Waiting> left = new ArrayList<>(batch);
        queue.drainTo(left);
        left.forEach(waiting -> waiting.done().completeExceptionally(new IllegalStateException("the planner stops")));
    }

    private void round() throws InterruptedException {
        if (batch.isEmpty()) {
            batch = next();
        }
        if (!batch.isEmpty()) {
            apply(batch);
            batch = List.of();
        }
    }

    private List<Waiting> next() throws InterruptedException {
        Waiting first = queue.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        List<Waiting> next = new ArrayList<>(List.of(first));
        queue.drainTo(next, BATCH - 1);
        return next;
    }

    /** @throws PlanException while the database is away */
    private void apply(List<Waiting> waiting) {
        try {
            List<Changed> results =
                    applier.apply(waiting.stream().map(Waiting::change).toList());
            for (int i = 0; i < waiting.size(); i++) {
                waiting.get(i).done().complete(results.get(i));
            }
        } catch (PlanException e) {
            throw e;
        } catch (StoreException e) {
            oneByOne(waiting, e);
        } catch (RuntimeException e) {
            waiting.forEach(one -> one.done().completeExceptionally(e));
        }
    }

    /** The database refused something among them: only that is to fail. */
    private void oneByOne(List<Waiting> waiting, StoreException e) {
        if (waiting.size() == 1) {
            waiting.get(0).done().completeExceptionally(e);
        } else {
            waiting.forEach(one -> apply(List.of(one)));
        }
    }

    private record Waiting(Change change, CompletableFuture<Changed> done) {}
}
