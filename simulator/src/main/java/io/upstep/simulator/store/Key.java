package io.upstep.simulator.store;

import java.util.Comparator;

/**
 * Names one stored object.
 *
 * @param resource plural and group, for example {@code deployments.apps}; core resources have no group
 * @param namespace empty for an object that belongs to none
 */
public record Key(String resource, String namespace, String name) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::resource).thenComparing(Key::namespace).thenComparing(Key::name);

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return resource + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
