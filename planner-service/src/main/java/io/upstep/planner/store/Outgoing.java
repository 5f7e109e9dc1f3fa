package io.upstep.planner.store;

import io.upstep.broker.EventBroker;

/**
 * A message waiting in the outbox.
 *
 * @param id rising within a plan
 * @param tries how often publishing it has failed
 */
public record Outgoing(long id, String planId, EventBroker.Encoded event, int tries) {}
