package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.admission.Attempt;
import io.upstep.simulator.admission.Attempt.Operation;
import io.upstep.simulator.admission.Policies;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.ResourceType;

/** Puts a write to the cluster's admission policies, in the form in which they ask. */
final class Admission {
    private final Policies policies;

    Admission(Policies policies) {
        this.policies = policies;
    }

    /** @throws Refusal when a policy denies it */
    void create(ResourceType type, ObjectNode object, WriteOptions options) {
        ask(Operation.CREATE, type, object, null, written("CreateOptions", options), options);
    }

    void update(ResourceType type, ObjectNode before, ObjectNode object, WriteOptions options) {
        ask(Operation.UPDATE, type, object, before, written("UpdateOptions", options), options);
    }

    void delete(ResourceType type, ObjectNode before, WriteOptions options) {
        ObjectNode deletion = options.deletion().deepCopy();
        ask(Operation.DELETE, type, null, before, typed("DeleteOptions", deletion), options);
    }

    private void ask(
            Operation operation,
            ResourceType type,
            ObjectNode object,
            ObjectNode before,
            ObjectNode asked,
            WriteOptions options) {
        policies.admit(new Attempt(
                operation,
                type,
                options.subresource(),
                object,
                before,
                asked,
                options.dryRun(),
                options.asked().user()));
    }

    /** A patch is a create or an update here, as the API server puts it; a manager that was not named is left out. */
    private static ObjectNode written(String kind, WriteOptions options) {
        ObjectNode written = typed(kind, Bodies.JSON.createObjectNode());
        String manager = options.asked().parameter("fieldManager");
        if (!manager.isEmpty()) {
            written.put("fieldManager", manager);
        }
        if (options.dryRun()) {
            written.putArray("dryRun").add("All");
        }
        return written;
    }

    private static ObjectNode typed(String kind, ObjectNode options) {
        return options.put("kind", kind).put("apiVersion", "meta.k8s.io/v1");
    }
}
