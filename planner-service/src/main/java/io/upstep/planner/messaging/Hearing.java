package io.upstep.planner.messaging;

import io.upstep.broker.Broker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Knows since when this planner can hear what others say. While it was stopped, paused, or without broker or database it
 * could not, and the silence of those days says nothing about them.
 */
@Singleton
public class Hearing implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Between two looks; longer means that this process stood still. */
    private static final Duration STANDSTILL = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Broker broker;
    private final Clock clock;
    private final Loop loop;
    private Instant since;
    private Instant looked;
    private Instant awaySince;

    @Inject
    public Hearing(Broker broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
        since = clock.instant();
        looked = since;
        loop = new Loop("hearing", this::round, this::pause);
    }

    public void start() {
        deaf();
        loop.start();
    }

    @Override
    public void close() {
        closing.countDown();
        loop.close();
    }

    /** Asks also whether it stood still just now: a timer may well be looked at first after that. */
    public synchronized Instant since() {
        noticeStandstill();
        return since;
    }

    /** What was said up to now may not have been heard. */
    public synchronized void deaf() {
        since = clock.instant();
    }

    void look() {
        boolean up = broker.health().up();
        synchronized (this) {
            noticeStandstill();
            looked = clock.instant();
            awaySince = up ? null : awaySince == null ? looked : awaySince;
            if (!up) {
                // One queue that cannot be had for days must not keep those from being missed who are heard of
                // elsewhere.
                Instant latest = awaySince.plus(PATIENCE);
                since = looked.isBefore(latest) ? looked : latest;
            }
        }
    }

    private void noticeStandstill() {
        Instant now = clock.instant();
        if (looked.plus(STANDSTILL).isBefore(now)) {
            since = now;
        }
    }

    private void round() throws InterruptedException {
        look();
        pause();
    }

    private void pause() throws InterruptedException {
        closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
}
