/**
 * The SmallRye connector {@code upstep-redis-streams}: channels over Redis Streams and their consumer groups. Start reading
 * at {@link io.upstep.broker.redis.RedisStreamsConnector}; {@link io.upstep.broker.redis.StreamReader} takes messages in,
 * {@link io.upstep.broker.redis.CommandPipe} sends everything out.
 */
package io.upstep.broker.redis;
