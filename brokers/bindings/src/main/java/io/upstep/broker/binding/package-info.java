/**
 * The broker port on top of connectors. A {@link io.upstep.broker.binding.Binding} is what differs from broker to broker;
 * everything else here is the same for all of them.
 */
package io.upstep.broker.binding;
