package io.upstep.simulator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One thing that happened to one object.
 *
 * @param object as it is now, or as it was last when it is deleted
 * @param before as it was, or null when it is new
 * @param version the cluster's resource version after it
 */
public record Change(Type type, Key key, ObjectNode object, ObjectNode before, long version) {
    /** The words the watch protocol has for it. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
