package io.upstep.planner.messaging;

import io.upstep.planner.plan.Plans;
import io.upstep.planner.store.Applier;
import io.upstep.planner.store.Commits;
import io.upstep.planner.store.Maintenance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at the clock: wakes plans whose timer is due, notices what other planners wrote, and clears away what is old. */
@Singleton
public class Sweeper implements AutoCloseable {
    private static final int BATCH = 100;
    private static final long WAKE_MILLIS = 500;
    private static final long JOURNAL_MILLIS = 1_000;
    private static final long FORGET_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Applier applier;
    private final Plans plans;
    private final Commits commits;
    private final Maintenance maintenance;
    private final Hearing hearing;
    private final List<Loop> loops = new ArrayList<>();

    @Inject
    public Sweeper(Applier applier, Plans plans, Commits commits, Maintenance maintenance, Hearing hearing) {
        this.applier = applier;
        this.plans = plans;
        this.commits = commits;
        this.maintenance = maintenance;
        this.hearing = hearing;
    }

    public void start() {
        every("timers", WAKE_MILLIS, this::wake);
        every("journal-watch", JOURNAL_MILLIS, () -> commits.reached(plans.lastPosition()));
        every("housekeeping", FORGET_MILLIS, maintenance::forget);
    }

    @Override
    public void close() {
        closing.countDown();
        loops.forEach(Loop::close);
    }

    void wake() {
        try {
            int woken = BATCH;
            while (woken == BATCH) {
                woken = applier.wake(BATCH, hearing.since());
            }
        } catch (RuntimeException e) {
            // Without the database nothing that is said is taken in either.
            hearing.deaf();
            throw e;
        }
    }

    private void every(String name, long millis, Runnable work) {
        Loop.Round pause = () -> closing.await(millis, TimeUnit.MILLISECONDS);
        loops.add(new Loop(
                        name,
                        () -> {
                            work.run();
                            pause.run();
                        },
                        pause)
                .start());
    }
}
