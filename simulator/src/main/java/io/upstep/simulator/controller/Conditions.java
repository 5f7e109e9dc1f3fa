package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Fields;
import java.util.List;

/** Reads and writes the conditions in an object's status. */
final class Conditions {
    private Conditions() {}

    static JsonNode of(JsonNode object, String type) {
        for (JsonNode condition : at(object, "status", "conditions")) {
            if (text(condition, "type").equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }

    static String statusOf(JsonNode object, String type) {
        return text(of(object, type), "status");
    }

    /** Sets a condition; the time of its transition moves only when its status does. */
    static void set(ObjectNode status, String type, boolean is, String reason, String message, String now) {
        ObjectNode condition = find(status, type);
        String value = is ? "True" : "False";
        boolean same = text(condition, "status").equals(value)
                && text(condition, "reason").equals(reason);
        if (!text(condition, "status").equals(value)) {
            condition.put("lastTransitionTime", now);
        }
        if (!same) {
            condition.put("lastUpdateTime", now);
        }
        condition.put("status", value);
        if (reason.isEmpty()) {
            condition.remove(List.of("reason", "message", "lastUpdateTime"));
        } else {
            condition.put("reason", reason).put("message", message);
        }
    }

    private static ObjectNode find(ObjectNode status, String type) {
        for (JsonNode condition : Fields.list(status, "conditions")) {
            if (text(condition, "type").equals(type)) {
                return (ObjectNode) condition;
            }
        }
        return Fields.list(status, "conditions").addObject().put("type", type);
    }
}
