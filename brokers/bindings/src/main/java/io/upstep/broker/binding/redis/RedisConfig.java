package io.upstep.broker.binding.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where Redis is, and how to use it. */
@ConfigMapping(prefix = "upstep.redis")
public interface RedisConfig {

    /** redis://[[user]:password@]host[:port][/database], or rediss:// for TLS; never logged. */
    @WithDefault("redis://localhost:6379")
    String uri();

    /** How long a consumer may show no sign of life before another takes over what it has not acknowledged. */
    @WithDefault("30s")
    Duration claimIdle();

    /** How often a message may be delivered unacknowledged, because its consumers die of it, before it is a dead letter. */
    @WithDefault("10")
    int maxDeliveries();

    /** About how many dead letters a group keeps, the newest. */
    @WithDefault("10000")
    int deadLetterLimit();

    /** How many replicas must have a message before it counts as published. */
    @WithDefault("0")
    int waitReplicas();
}
