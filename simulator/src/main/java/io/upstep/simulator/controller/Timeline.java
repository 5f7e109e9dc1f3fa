package io.upstep.simulator.controller;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs work in the order of its time, on one thread: the heartbeat of the simulated world.
 *
 * <p>Somebody who does not want to wait can {@link #settle} it: all that is still to come happens at once.
 */
public final class Timeline implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Timeline.class.getName());

    private record Due(long at, long order, Runnable work) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final Thread thread;
    private long order;
    private boolean settling;
    private boolean working;
    private boolean closed;

    public Timeline(String name) {
        thread = new Thread(this::turn, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    void soon(Runnable work) {
        after(Duration.ZERO, work);
    }

    public synchronized void after(Duration delay, Runnable work) {
        queue.add(new Due(System.nanoTime() + delay.toNanos(), order++, work));
        notifyAll();
    }

    /** Does everything that is due or will be, up to so many pieces of work, before it returns. */
    public void settle(int atMost) {
        hold(true);
        try {
            for (int i = 0; i < atMost; i++) {
                Due next = poll();
                if (next == null) {
                    return;
                }
                perform(next.work());
            }
        } finally {
            hold(false);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        queue.clear();
        notifyAll();
    }

    /** What the thread is in the midst of is waited for: nothing is settled before that is done. */
    private synchronized void hold(boolean held) {
        settling = held;
        notifyAll();
        while (held && working && Thread.currentThread() != thread) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized Due poll() {
        return queue.poll();
    }

    private void turn() {
        try {
            for (Due next = await(); next != null; next = await()) {
                perform(next.work());
                rest();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Due await() throws InterruptedException {
        while (!closed) {
            long left =
                    settling || queue.isEmpty() ? Long.MAX_VALUE : queue.peek().at() - System.nanoTime();
            if (left <= 0) {
                working = true;
                return queue.poll();
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, TimeUnit.HOURS.toNanos(1)));
        }
        return null;
    }

    private synchronized void rest() {
        working = false;
        notifyAll();
    }

    private static void perform(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // One object nobody can make sense of must not stop the world for all others.
            LOG.log(System.Logger.Level.ERROR, "A simulated controller failed", e);
        }
    }
}
