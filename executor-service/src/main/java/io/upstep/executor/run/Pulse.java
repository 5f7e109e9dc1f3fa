package io.upstep.executor.run;

import io.upstep.event.TimeLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

/** What goes on beside a running step: its signs of life, and the renewal of its lease. Neither waits for the other. */
final class Pulse implements AutoCloseable {
    /** A beat's share of the silence a planner puts up with: whoever misses it is replaced within two beats. */
    private static final int BEAT = 3;

    private static final int OF = 5;

    /** Of the whole time a step may take, so that the end of a short one is not noticed late. */
    private static final int LOOKS_IN_TOTAL = 5;

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(20);

    private final List<Future<?>> running;

    private Pulse(List<Future<?>> running) {
        this.running = running;
    }

    /** @param renew renews the lease and ends what must end */
    static Pulse start(StepThreads threads, Duration interval, Execution execution, Runnable renew) {
        return new Pulse(List.of(
                threads.every(interval, execution::say),
                threads.every(min(AGAIN, interval), execution::sayAgain),
                threads.every(interval, renew)));
    }

    /** @param longest what the executor is configured with */
    static Duration interval(TimeLimits limits, Duration longest) {
        Duration beat = limits.heartbeat().multipliedBy(BEAT).dividedBy(OF);
        Duration look = limits.total().dividedBy(LOOKS_IN_TOTAL);
        Duration interval = min(longest, min(beat, look));
        return interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public void close() {
        running.forEach(task -> task.cancel(false));
    }
}
