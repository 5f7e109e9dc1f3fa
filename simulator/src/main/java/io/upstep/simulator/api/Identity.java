package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Problem;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import java.util.List;
import java.util.UUID;

/** Makes an object agree with the address it was sent to, or refuses it. */
final class Identity {
    private Identity() {}

    /** Checks kind, namespace and, unless it is empty, the name; fills in what the object leaves out. */
    static void check(ResourceType type, String namespace, String name, ObjectNode object) {
        kind(type, object);
        ObjectNode meta = Meta.of(object);
        if (type.namespaced()) {
            namespace(namespace, meta);
        } else {
            meta.remove("namespace");
        }
        name(type, name, meta);
    }

    private static void kind(ResourceType type, ObjectNode object) {
        String came = text(object, "apiVersion") + ", Kind=" + text(object, "kind");
        boolean fits = text(object, "kind").equals(type.kind())
                && text(object, "apiVersion").equals(type.apiVersion());
        if (!text(object, "kind").isEmpty() && !fits) {
            throw Refusal.badRequest("the object provided is unrecognized (must be of type " + type.kind() + "): "
                    + "expected " + type.apiVersion() + ", Kind=" + type.kind() + ", came " + came);
        }
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    }

    private static void namespace(String namespace, ObjectNode meta) {
        String own = text(meta, "namespace");
        if (!own.isEmpty() && !own.equals(namespace)) {
            throw Refusal.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        meta.put("namespace", namespace);
    }

    private static void name(ResourceType type, String name, ObjectNode meta) {
        String own = text(meta, "name");
        if (!name.isEmpty() && !own.isEmpty() && !own.equals(name)) {
            throw Refusal.badRequest(
                    "the name of the object (" + own + ") does not match the name on the URL (" + name + ")");
        }
        if (!name.isEmpty()) {
            meta.put("name", name);
        } else if (own.isEmpty()) {
            String prefix = text(meta, "generateName");
            if (prefix.isEmpty()) {
                throw Refusal.invalid(
                        type,
                        "",
                        List.of(new Problem("metadata.name", "Required value: name or generateName is required")));
            }
            meta.put("name", prefix + UUID.randomUUID().toString().substring(0, 5));
        }
    }
}
