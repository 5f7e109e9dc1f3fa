package io.upstep.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A fact the verifier is asked to observe.
 *
 * @param fact the name it is to have, for example {@code version}
 * @param probe how to observe it, for example {@code kubernetes.version}
 */
public record FactSpec(String fact, String probe, ObjectNode with) {
    public FactSpec {
        Require.text(fact, "fact");
        Require.text(probe, "probe");
        with = with == null ? JsonNodeFactory.instance.objectNode() : with;
    }
}
