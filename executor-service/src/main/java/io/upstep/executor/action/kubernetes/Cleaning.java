package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Takes from an object what only the API server writes, so that it can be compared with another or be applied again. */
final class Cleaning {
    private static final List<String> OF_THE_SERVER = List.of(
            "managedFields",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "selfLink",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");
    private static final List<String> NOTES =
            List.of("kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision");

    private Cleaning() {}

    static ObjectNode cleaned(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("status");
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(OF_THE_SERVER);
            if (metadata.get("annotations") instanceof ObjectNode annotations) {
                annotations.remove(notes(annotations));
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
        }
        return copy;
    }

    /** Whether an annotation is a note of the API server's or of Upstep's, and no part of what the object is. */
    static boolean isNote(String annotation) {
        return NOTES.contains(annotation) || annotation.startsWith("upstep.io/");
    }

    private static List<String> notes(ObjectNode annotations) {
        List<String> keys = new ArrayList<>();
        annotations.fieldNames().forEachRemaining(keys::add);
        return keys.stream().filter(Cleaning::isNote).toList();
    }
}
