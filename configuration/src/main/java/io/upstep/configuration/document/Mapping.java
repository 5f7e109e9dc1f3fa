package io.upstep.configuration.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Values by name. */
public final class Mapping extends Branch {

    Mapping(FlowStyle flow, Remarks remarks) {
        super(flow, remarks);
    }

    public Mapping() {
        this(FlowStyle.BLOCK, Remarks.NONE);
    }

    @Override
    public Tree get(String name) {
        for (Slot slot : slots()) {
            if (slot.key().text().equals(name)) {
                return slot.value();
            }
        }
        return null;
    }

    public List<String> names() {
        return slots().stream().map(slot -> slot.key().text()).toList();
    }

    /** At an index, or as the last one if that is negative. */
    public void put(String name, Tree value, int index) {
        insert(index < 0 ? size() : index, new Slot(Key.of(name), value));
    }

    /** As {@link #put(String, Tree, int)}, with the comments that stood with something taken out; null for none. */
    public void put(String name, Tree value, int index, Removed like) {
        put(like == null || like.key() == null ? Key.of(name) : like.key().named(name), value, index);
    }

    /** As {@link #put(String, Tree, int)}, with the comments of another key. */
    void put(Key key, Tree value, int index) {
        insert(index < 0 ? size() : index, new Slot(key, value));
    }

    /** Gives a child another name, in its place. */
    public void rename(Tree child, String name) {
        int index = indexOf(child);
        slots().set(index, new Slot(slots().get(index).key().named(name), child));
    }

    @Override
    String nameOf(Tree child) {
        return slots().get(indexOf(child)).key().text();
    }

    @Override
    Branch empty() {
        return new Mapping();
    }

    @Override
    public JsonNode json() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        slots().forEach(slot -> object.set(slot.key().text(), slot.value().json()));
        return object;
    }
}
