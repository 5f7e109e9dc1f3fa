package io.upstep.simulator.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Writes the time, and the identity of what is new, as the API server does. */
public final class Timestamps {
    private final Clock clock;

    public Timestamps(Clock clock) {
        this.clock = clock;
    }

    public String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public Instant instant() {
        return clock.instant();
    }

    /** Gives a new object its uid, time and first generation. */
    public ObjectNode stamp(ResourceType type, ObjectNode object) {
        ObjectNode meta = Meta.of(object);
        meta.put("uid", UUID.randomUUID().toString());
        meta.put("creationTimestamp", now());
        meta.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"));
        if (type.generation()) {
            meta.put("generation", 1);
        } else {
            meta.remove("generation");
        }
        return object;
    }
}
