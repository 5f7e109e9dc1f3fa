/** The port over Redis Streams, through our own connector. */
package io.upstep.broker.binding.redis;
