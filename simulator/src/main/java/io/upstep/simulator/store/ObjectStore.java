package io.upstep.simulator.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Holds every object of the cluster, numbers each change and tells whoever listens, in order.
 *
 * <p>Stored objects are never changed in place: a writer puts a new one. One lock makes a read-decide-write atomic.
 */
public final class ObjectStore {
    /** How far back a watch may begin; older ones are told to list again. */
    static final int HISTORY = 2_000;

    private final NavigableMap<Key, ObjectNode> objects = new TreeMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private long version = 1;
    private long forgotten = 1;

    /** Runs something that nobody else's writes come between. */
    public synchronized <T> T atomically(Supplier<T> work) {
        return work.get();
    }

    public synchronized long version() {
        return version;
    }

    public synchronized Optional<ObjectNode> get(Key key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** All objects of a resource, in one namespace or, when it is empty, in all. */
    public synchronized List<ObjectNode> list(String resource, String namespace) {
        Key from = new Key(resource, namespace, "");
        Key to = namespace.isEmpty() ? new Key(resource + '\0', "", "") : new Key(resource, namespace + '\0', "");
        return List.copyOf(objects.subMap(from, true, to, false).values());
    }

    public synchronized Collection<Key> keys() {
        return List.copyOf(objects.keySet());
    }

    /** Stores an object, new or changed; what it was, unchanged, stays as it is and nobody is told. */
    public synchronized ObjectNode put(Key key, ObjectNode next) {
        ObjectNode before = objects.get(key);
        if (before != null) {
            raiseGeneration(before, next);
            Meta.of(next).put("resourceVersion", Meta.version(before));
            if (next.equals(before)) {
                return before;
            }
        }
        version++;
        Meta.of(next).put("resourceVersion", Long.toString(version));
        objects.put(key, next);
        tell(new Change(before == null ? Change.Type.ADDED : Change.Type.MODIFIED, key, next, before, version));
        return next;
    }

    /** Changes an object that is there, on a copy of it. */
    public synchronized Optional<ObjectNode> modify(Key key, UnaryOperator<ObjectNode> change) {
        return get(key).map(before -> put(key, change.apply(before.deepCopy())));
    }

    public synchronized Optional<ObjectNode> remove(Key key) {
        ObjectNode before = objects.remove(key);
        if (before == null) {
            return Optional.empty();
        }
        version++;
        ObjectNode last = before.deepCopy();
        Meta.of(last).put("resourceVersion", Long.toString(version));
        tell(new Change(Change.Type.DELETED, key, last, before, version));
        return Optional.of(last);
    }

    /** Takes objects from an earlier life, as they were; nobody is told. */
    public synchronized void restore(NavigableMap<Key, ObjectNode> earlier, long earlierVersion) {
        objects.clear();
        objects.putAll(earlier);
        history.clear();
        version = Math.max(version, earlierVersion);
        forgotten = version;
    }

    public synchronized NavigableMap<Key, ObjectNode> copy() {
        return new TreeMap<>(objects);
    }

    public synchronized void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    public synchronized void unlisten(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    /** The changes after a version, or nothing when they are no longer known. */
    public synchronized Optional<List<Change>> since(long earlier) {
        if (earlier < forgotten) {
            return Optional.empty();
        }
        List<Change> later = new ArrayList<>();
        history.forEach(change -> {
            if (change.version() > earlier) {
                later.add(change);
            }
        });
        return Optional.of(later);
    }

    private void tell(Change change) {
        history.addLast(change);
        if (history.size() > HISTORY) {
            forgotten = history.removeFirst().version();
        }
        listeners.forEach(listener -> listener.accept(change));
    }

    /** The generation counts changes of what is wanted, not of what is seen, and only where the object has one. */
    private static void raiseGeneration(ObjectNode before, ObjectNode next) {
        long generation = Meta.generation(before);
        if (generation > 0) {
            boolean raised = !wish(before).equals(wish(next));
            Meta.of(next).put("generation", (int) (raised ? generation + 1 : generation));
        }
    }

    private static JsonNode wish(ObjectNode object) {
        ObjectNode wish = object.objectNode();
        object.properties().forEach(e -> {
            if (!e.getKey().equals("metadata") && !e.getKey().equals("status")) {
                wish.set(e.getKey(), e.getValue());
            }
        });
        return wish;
    }
}
