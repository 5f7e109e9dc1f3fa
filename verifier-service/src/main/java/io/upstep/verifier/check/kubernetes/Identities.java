package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which objects are meant whose uids are asked for: by it an object is told from another that has its name now.
 *
 * @param names only those of these names; all that the selector matches if not said
 */
record Identities(String kind, String apiVersion, String selector, List<String> names) {
    Identities {
        new Target(kind, apiVersion, null, selector);
        names = names == null ? List.of() : List.copyOf(names);
    }

    Map<String, String> read(CheckContext context) {
        Map<String, String> uids = new TreeMap<>();
        for (KubeObject object : new Target(kind, apiVersion, null, selector).find(context)) {
            if (names.isEmpty() || names.contains(object.name())) {
                uids.put(object.name(), object.uid());
            }
        }
        return uids;
    }

    static ObjectNode json(Map<String, String> uids) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        uids.forEach(json::put);
        return json;
    }

    @Override
    public String toString() {
        return new Target(kind, apiVersion, null, selector) + (names.isEmpty() ? "" : " called " + names);
    }
}
