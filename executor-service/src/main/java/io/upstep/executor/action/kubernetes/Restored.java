package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gives an object back the content it was saved with; what the API server or Upstep has noted on it since stays. */
final class Restored {
    private static final Set<String> KEPT = Set.of("apiVersion", "kind", "metadata", "status");

    private Restored() {}

    /** Returns whether that changed anything. */
    static boolean put(ObjectNode now, ObjectNode saved) {
        ObjectNode before = Cleaning.cleaned(now);
        List<String> keys = new ArrayList<>();
        now.fieldNames().forEachRemaining(keys::add);
        saved.fieldNames().forEachRemaining(keys::add);
        keys.stream().filter(key -> !KEPT.contains(key)).forEach(key -> put(now, key, saved.get(key)));
        ObjectNode metadata = Manifest.child(now, "metadata");
        JsonNode then = saved.path("metadata");
        JsonNode notes = metadata.path("annotations").deepCopy();
        put(metadata, "labels", then.get("labels"));
        put(metadata, "annotations", then.get("annotations"));
        notes.properties().stream()
                .filter(note -> Cleaning.isNote(note.getKey()))
                .forEach(note -> Manifest.child(metadata, "annotations").set(note.getKey(), note.getValue()));
        return !Cleaning.cleaned(now).equals(before);
    }

    /** As it is to be created: an owner's id that is no more would have the garbage collector take it away again. */
    static ObjectNode anew(ObjectNode saved) {
        ObjectNode object = saved.deepCopy();
        Manifest.child(object, "metadata").remove("ownerReferences");
        return object;
    }

    private static void put(ObjectNode object, String key, JsonNode value) {
        if (value == null) {
            object.remove(key);
        } else {
            object.set(key, value.deepCopy());
        }
    }
}
