package io.upstep.configuration.document;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes new parts of a document. */
public final class Trees {
    private Trees() {}

    public static Tree of(JsonNode value) {
        if (value.isObject()) {
            Mapping mapping = new Mapping();
            value.properties().forEach(entry -> mapping.put(entry.getKey(), of(entry.getValue()), -1));
            return mapping;
        }
        if (value.isArray()) {
            Items items = new Items();
            value.forEach(item -> items.add(of(item)));
            return items;
        }
        return Leaf.of(value);
    }
}
