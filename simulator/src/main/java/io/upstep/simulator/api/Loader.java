package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.upstep.simulator.rules.Defaults;
import io.upstep.simulator.rules.Problem;
import io.upstep.simulator.rules.Timestamps;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceType;
import io.upstep.simulator.store.ResourceTypes;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Puts objects written as YAML into the cluster, past the front door but by the same rules. */
public final class Loader {
    private final ObjectStore store;
    private final ResourceTypes types;
    private final Timestamps timestamps;

    public Loader(ObjectStore store, ResourceTypes types, Clock clock) {
        this.store = store;
        this.types = types;
        this.timestamps = new Timestamps(clock);
    }

    public void load(String yaml) {
        ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
        try (MappingIterator<ObjectNode> documents =
                mapper.readerFor(ObjectNode.class).readValues(yaml)) {
            while (documents.hasNext()) {
                put(documents.next());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("expected Kubernetes objects as YAML: " + e.getMessage(), e);
        }
    }

    private void put(ObjectNode object) {
        Key key = types.keyOf(object);
        ResourceType type = types.ofObject(object).orElseThrow();
        store.atomically(() -> {
            Defaults.apply(type, object);
            List<Problem> problems = Checks.of(type, object);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException("expected a valid object, but " + key + " is not: " + problems);
            }
            ObjectNode before = store.get(key).orElse(null);
            if (before == null) {
                timestamps.stamp(type, object);
                JobSelector.apply(type, object);
            } else {
                object.set("metadata", Meta.of(before.deepCopy()).setAll(Meta.of(object)));
                if (before.has("status")) {
                    object.set("status", before.get("status"));
                }
            }
            return store.put(key, object);
        });
    }
}
