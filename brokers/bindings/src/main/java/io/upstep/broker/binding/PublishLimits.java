package io.upstep.broker.binding;

import java.time.Duration;

/**
 * How long, and how many, messages may wait for the broker.
 *
 * @param timeout after which a message not known to be taken has failed
 * @param capacity above which a further message is refused at once
 */
record PublishLimits(Duration timeout, int capacity) {}
