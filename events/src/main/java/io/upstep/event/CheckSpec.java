package io.upstep.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * A check the verifier is asked to make.
 *
 * @param check its name, for example {@code kubernetes.rollout-complete}
 * @param with its parameters
 * @param within how long it may take to come true; a check not true by then has failed
 */
public record CheckSpec(String check, ObjectNode with, Duration within) {
    public static final Duration DEFAULT_WITHIN = Duration.ofMinutes(5);

    public CheckSpec {
        Require.text(check, "check");
        with = with == null ? JsonNodeFactory.instance.objectNode() : with;
        within = within == null ? DEFAULT_WITHIN : Require.positive(within, "within");
    }
}
