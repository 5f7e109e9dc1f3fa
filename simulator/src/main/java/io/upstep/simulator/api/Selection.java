package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.simulator.rules.FieldSelector;
import io.upstep.simulator.rules.LabelSelector;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import java.util.function.Predicate;

/** The objects a request's label and field selectors choose. */
public record Selection(LabelSelector labels, FieldSelector fields) implements Predicate<JsonNode> {
    static Selection of(ResourceType type, Request request) {
        return new Selection(
                LabelSelector.parse(request.parameter("labelSelector")),
                FieldSelector.parse(type, request.parameter("fieldSelector")));
    }

    @Override
    public boolean test(JsonNode object) {
        return labels.test(Meta.labels(object)) && fields.test(object);
    }
}
