package io.upstep.planner.messaging;

import io.upstep.planner.plan.PlanException;
import org.jboss.logging.Logger;

/** A thread of its own that does one thing over and over, and survives whatever goes wrong in between. */
final class Loop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final long STOP_MILLIS = 10_000;

    private final String name;
    private final Round round;
    private final Round pause;
    private final Thread thread;
    private volatile boolean stopping;
    private boolean failing;

    /**
     * @param round what is done over and over; waits by itself while there is nothing to do
     * @param pause waits a little; called after a round that failed
     */
    Loop(String name, Round round, Round pause) {
        this.name = name;
        this.round = round;
        this.pause = pause;
        thread = new Thread(this::run, "upstep-" + name);
        thread.setDaemon(true);
    }

    Loop start() {
        thread.start();
        return this;
    }

    /** Lets the round under way come to its end; interrupts only one that waits too long. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(STOP_MILLIS);
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                runOnce();
            }
        } catch (InterruptedException e) {
            // Asked to stop while waiting: that is the end of the thread.
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() throws InterruptedException {
        try {
            round.run();
            recovered();
        } catch (RuntimeException | Error e) {
            // A planner whose thread has died would be stuck without anybody knowing.
            failed(e);
            pause.run();
        }
    }

    /** Said once, not every time: a database that is away for an hour is one piece of news. */
    private void failed(Throwable e) {
        if (failing) {
            return;
        }
        failing = true;
        if (e instanceof PlanException) {
            LOG.warnf("%s pauses until this is over: %s", name, e.getMessage());
        } else {
            LOG.errorf(e, "%s failed and tries again", name);
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.infof("%s works again", name);
        }
    }

    /** Something that may wait. */
    @FunctionalInterface
    interface Round {
        void run() throws InterruptedException;
    }
}
