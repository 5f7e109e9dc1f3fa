/**
 * The in-process broker: named queues with consumer groups held in memory by {@link
 * io.upstep.broker.embedded.EmbeddedHub}, reached through the SmallRye connector {@code upstep-embedded}.
 */
package io.upstep.broker.embedded;
