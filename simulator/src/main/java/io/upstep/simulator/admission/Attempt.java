package io.upstep.simulator.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;

/**
 * A write that asks for admission.
 *
 * @param subresource empty when it is about the object itself
 * @param object as it would be; null for a delete
 * @param oldObject as it is; null for a create
 * @param options those of the create, update or delete, with its kind
 * @param user who asks
 */
public record Attempt(
        Operation operation,
        ResourceType type,
        String subresource,
        ObjectNode object,
        ObjectNode oldObject,
        ObjectNode options,
        boolean dryRun,
        String user) {

    /** The operations as policies name them. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }

    ObjectNode any() {
        return object == null ? oldObject : object;
    }

    String name() {
        return Meta.name(any());
    }

    /** Empty for an object that belongs to none; a namespace does not belong to itself. */
    String namespace() {
        return type.namespaced() ? Meta.namespace(any()) : "";
    }
}
