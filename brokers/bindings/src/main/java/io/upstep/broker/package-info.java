/**
 * How services say and hear events, whatever the broker: {@link io.upstep.broker.EventBroker} for events, on top of
 * {@link io.upstep.broker.Broker} for messages, which every broker implements under one law (brokers/contract).
 */
package io.upstep.broker;
