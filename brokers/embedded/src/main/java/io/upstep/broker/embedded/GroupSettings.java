package io.upstep.broker.embedded;

import java.time.Duration;

/**
 * How a consumer group treats its messages.
 *
 * @param capacity unacknowledged messages it may hold before publishers wait
 * @param retries how often a message that was nacked is tried again
 * @param delay before the first such try; doubles up to {@code maxDelay}
 * @param deadQueue where a message goes after its last try
 */
record GroupSettings(int capacity, int retries, Duration delay, Duration maxDelay, String deadQueue) {
    static final int CAPACITY = 10_000;

    static GroupSettings defaultsFor(String queue) {
        return new GroupSettings(CAPACITY, 4, Duration.ofMillis(200), Duration.ofSeconds(5), queue + ".dead");
    }

    Duration delayAfter(int failures) {
        int doublings = Math.min(failures - 1, 20);
        Duration wanted = delay.multipliedBy(1L << doublings);
        return wanted.compareTo(maxDelay) > 0 ? maxDelay : wanted;
    }
}
