package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Timestamps;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** Writes Events, counting the same one up; old ones give way when there are many. */
public final class Events {
    private static final int KEPT = 500;

    private final ObjectStore store;
    private final Timestamps timestamps;
    private final Deque<Key> written = new ArrayDeque<>();

    public Events(ObjectStore store, Timestamps timestamps) {
        this.store = store;
        this.timestamps = timestamps;
        store.list("events", "").forEach(e -> written.add(new Key("events", Meta.namespace(e), Meta.name(e))));
    }

    void normal(JsonNode about, String reason, String message) {
        write(about, "Normal", reason, message);
    }

    void warning(JsonNode about, String reason, String message) {
        write(about, "Warning", reason, message);
    }

    private void write(JsonNode about, String type, String reason, String message) {
        int same = (Meta.uid(about) + reason + message).hashCode();
        String name = Meta.name(about) + "." + String.format("%08x", same);
        Key key = new Key("events", Meta.namespace(about), name);
        if (store.modify(key, this::countUp).isEmpty()) {
            store.put(key, event(about, key, type, reason, message));
            forgetOldest(key);
        }
    }

    private ObjectNode countUp(ObjectNode event) {
        return event.put("count", event.path("count").asInt() + 1).put("lastTimestamp", timestamps.now());
    }

    private ObjectNode event(JsonNode about, Key key, String type, String reason, String message) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", "v1").put("kind", "Event");
        Meta.of(event).put("name", key.name()).put("namespace", key.namespace());
        Meta.of(event).put("uid", UUID.randomUUID().toString()).put("creationTimestamp", timestamps.now());
        event.putObject("involvedObject")
                .put("apiVersion", text(about, "apiVersion"))
                .put("kind", Meta.kind(about))
                .put("namespace", Meta.namespace(about))
                .put("name", Meta.name(about))
                .put("uid", Meta.uid(about))
                .put("resourceVersion", Meta.version(about));
        event.put("type", type).put("reason", reason).put("message", message).put("count", 1);
        event.put("firstTimestamp", timestamps.now()).put("lastTimestamp", timestamps.now());
        event.putObject("source").put("component", "simulator");
        return event.put("reportingComponent", "simulator").put("reportingInstance", "");
    }

    private void forgetOldest(Key latest) {
        written.addLast(latest);
        if (written.size() > KEPT) {
            store.remove(written.removeFirst());
        }
    }
}
