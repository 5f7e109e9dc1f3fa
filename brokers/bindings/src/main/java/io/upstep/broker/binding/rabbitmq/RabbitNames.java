package io.upstep.broker.binding.rabbitmq;

import io.upstep.broker.binding.Place;

/** The names of exchanges and queues. Their arguments can never change, so the names carry a version. */
final class RabbitNames {
    static final String EXCHANGE = "upstep.v1";
    static final String DEAD_EXCHANGE = "upstep.v1.dead";
    static final String UNROUTED = "upstep.v1.unrouted";

    private RabbitNames() {}

    static String queue(Place place) {
        return EXCHANGE + "." + place.name();
    }

    static String deadKey(Place place) {
        return place.name() + ".dead";
    }
}
