package io.upstep.broker.binding.kafka;

import io.upstep.broker.binding.Place;

/** The names of topics and consumer groups. */
final class KafkaNames {
    private static final String TOPIC = "upstep.";
    private static final String GROUP = "upstep-";

    private KafkaNames() {}

    static String topic(Place place) {
        return TOPIC + place.address();
    }

    /** One per address: members of a group that read different topics would disturb each other at every change. */
    static String group(Place place) {
        return GROUP + place.group() + "." + place.address();
    }
}
