package io.upstep.simulator.patch;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Fields;
import io.upstep.simulator.store.Meta;
import java.util.ArrayList;
import java.util.List;

/** Keeps account of who set which field of an object. */
public final class ManagedFields {
    private final ArrayNode entries;

    private ManagedFields(ArrayNode entries) {
        this.entries = entries;
    }

    public static ManagedFields of(JsonNode object) {
        JsonNode there = Fields.at(object, "metadata", "managedFields");
        return new ManagedFields(
                there instanceof ArrayNode array ? array.deepCopy() : JsonNodeFactory.instance.arrayNode());
    }

    public void writeTo(ObjectNode object) {
        Meta.of(object).set("managedFields", entries);
    }

    /** What another manager set and this one would change: manager and path, as the API server says it. */
    public List<String> conflicts(ObjectNode live, JsonNode applied, String manager) {
        ObjectNode changes = owned(FieldSet.changed(live, applied));
        List<String> found = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (!text(entry, "manager").equals(manager)) {
                FieldSet.common(changes, entry.path("fieldsV1"), "")
                        .forEach(path -> found.add("conflict with \"" + text(entry, "manager") + "\": " + path));
            }
        }
        return found;
    }

    /** This manager now owns exactly the fields it applied; those it took over, nobody else does. */
    public void applied(String manager, JsonNode applied, ObjectNode taken, String apiVersion, String time) {
        takeFromOthers(manager, owned(taken));
        set(manager, "Apply", owned(FieldSet.of(applied)), apiVersion, time);
    }

    /** This manager owns what it just changed, and what it changed before. */
    public void updated(String manager, JsonNode before, JsonNode after, String apiVersion, String time) {
        ObjectNode changed = owned(FieldSet.changed(before, after));
        if (!changed.isEmpty()) {
            takeFromOthers(manager, changed);
            set(manager, "Update", FieldSet.union(fields(manager, "Update"), changed), apiVersion, time);
        }
    }

    /** The fields of an applied object that would get another value. */
    public static ObjectNode changedBy(JsonNode live, JsonNode applied) {
        return FieldSet.changed(live, applied);
    }

    JsonNode appliedBy(String manager) {
        return fields(manager, "Apply");
    }

    ObjectNode ofAllBut(String manager) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (JsonNode entry : entries) {
            if (!text(entry, "manager").equals(manager)) {
                all = FieldSet.union(all, entry.path("fieldsV1"));
            }
        }
        return all;
    }

    private void takeFromOthers(String manager, ObjectNode taken) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            ObjectNode entry = (ObjectNode) entries.get(i);
            if (!text(entry, "manager").equals(manager)) {
                ObjectNode rest = FieldSet.minus(entry.path("fieldsV1"), taken);
                entry.set("fieldsV1", rest);
                if (rest.isEmpty()) {
                    entries.remove(i);
                }
            }
        }
    }

    private JsonNode fields(String manager, String operation) {
        for (JsonNode entry : entries) {
            if (is(entry, manager, operation)) {
                return entry.path("fieldsV1");
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private void set(String manager, String operation, ObjectNode fields, String apiVersion, String time) {
        for (int i = 0; i < entries.size(); i++) {
            if (is(entries.get(i), manager, operation)) {
                if (entries.get(i).path("fieldsV1").equals(fields)) {
                    return;
                }
                entries.remove(i);
                break;
            }
        }
        entries.addObject()
                .put("manager", manager)
                .put("operation", operation)
                .put("apiVersion", apiVersion)
                .put("time", time)
                .put("fieldsType", "FieldsV1")
                .set("fieldsV1", fields);
    }

    private static boolean is(JsonNode entry, String manager, String operation) {
        return text(entry, "manager").equals(manager)
                && text(entry, "operation").equals(operation);
    }

    /** Identity and bookkeeping belong to the API server, not to a manager. */
    private static ObjectNode owned(ObjectNode set) {
        ObjectNode rest = set.deepCopy();
        rest.remove(List.of("f:apiVersion", "f:kind", "f:status"));
        if (rest.get("f:metadata") instanceof ObjectNode metadata) {
            metadata.retain("f:labels", "f:annotations", "f:finalizers", "f:ownerReferences");
            if (metadata.isEmpty()) {
                rest.remove("f:metadata");
            }
        }
        return rest;
    }
}
