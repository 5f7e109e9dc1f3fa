package io.upstep.configuration.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Values one behind the other. */
public final class Items extends Branch {

    Items(FlowStyle flow, Remarks remarks) {
        super(flow, remarks);
    }

    public Items() {
        this(FlowStyle.BLOCK, Remarks.NONE);
    }

    @Override
    public Tree get(String name) {
        if (!name.matches("\\d{1,9}") || Integer.parseInt(name) >= size()) {
            return null;
        }
        return slots().get(Integer.parseInt(name)).value();
    }

    public void add(Tree value) {
        insert(size(), new Slot(null, value));
    }

    @Override
    String nameOf(Tree child) {
        return String.valueOf(indexOf(child));
    }

    @Override
    Branch empty() {
        return new Items();
    }

    @Override
    public JsonNode json() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        slots().forEach(slot -> array.add(slot.value().json()));
        return array;
    }
}
