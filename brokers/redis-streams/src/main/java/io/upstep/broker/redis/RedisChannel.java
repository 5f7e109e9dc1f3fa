package io.upstep.broker.redis;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A channel in use, as health and shutdown see it. */
interface RedisChannel {

    String name();

    /** Empty when messages can flow; asks Redis. */
    Optional<String> problem(StreamTopology topology);

    /** Completes when the channel has nothing more to do with Redis. */
    CompletableFuture<Void> stop();
}
