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
                annotations.remove(NOTES);
                annotations.remove(ours(annotations));
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
        }
        return copy;
    }

    private static List<String> ours(ObjectNode annotations) {
        List<String> keys = new ArrayList<>();
        annotations.fieldNames().forEachRemaining(keys::add);
        return keys.stream().filter(key -> key.startsWith("upstep.io/")).toList();
    }
}
