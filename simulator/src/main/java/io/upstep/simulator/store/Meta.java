package io.upstep.simulator.store;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an object's metadata. */
public final class Meta {
    private Meta() {}

    public static ObjectNode of(ObjectNode object) {
        return Fields.child(object, "metadata");
    }

    public static String name(JsonNode object) {
        return text(object, "metadata", "name");
    }

    public static String namespace(JsonNode object) {
        return text(object, "metadata", "namespace");
    }

    public static String uid(JsonNode object) {
        return text(object, "metadata", "uid");
    }

    public static String kind(JsonNode object) {
        return text(object, "kind");
    }

    public static String version(JsonNode object) {
        return text(object, "metadata", "resourceVersion");
    }

    public static long generation(JsonNode object) {
        return at(object, "metadata", "generation").asLong();
    }

    public static Map<String, String> labels(JsonNode object) {
        return Fields.strings(at(object, "metadata", "labels"));
    }

    public static String annotation(JsonNode object, String key) {
        return text(object, "metadata", "annotations", key);
    }

    public static void annotate(ObjectNode object, String key, String value) {
        Fields.child(object, "metadata", "annotations").put(key, value);
    }

    public static boolean isBeingDeleted(JsonNode object) {
        return !text(object, "metadata", "deletionTimestamp").isEmpty();
    }

    public static List<ObjectNode> owners(JsonNode object) {
        return Fields.objects(at(object, "metadata", "ownerReferences"));
    }

    public static boolean isOwnedBy(JsonNode object, String uid) {
        return owners(object).stream().anyMatch(o -> text(o, "uid").equals(uid));
    }

    public static Optional<ObjectNode> controller(JsonNode object) {
        return owners(object).stream()
                .filter(o -> o.path("controller").asBoolean())
                .findFirst();
    }

    public static boolean isControlledBy(JsonNode object, JsonNode owner) {
        return controller(object).filter(c -> text(c, "uid").equals(uid(owner))).isPresent();
    }

    /** Makes one object the controller of another. */
    public static void control(ObjectNode owned, JsonNode owner) {
        Fields.list(of(owned), "ownerReferences")
                .addObject()
                .put("apiVersion", text(owner, "apiVersion"))
                .put("kind", kind(owner))
                .put("name", name(owner))
                .put("uid", uid(owner))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }
}
