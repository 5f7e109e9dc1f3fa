package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.simulator.store.Meta;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Knows how each image behaves and which workload lies: what a test set, or what tag and annotation say. */
public final class Characters {
    /** On a pod (template): the behaviour of its containers. */
    public static final String BEHAVIOUR = "simulator.upstep.io/behaviour";
    /** On a workload: the lie its status tells. */
    public static final String LIE = "simulator.upstep.io/lie";

    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, Lie> lies = new ConcurrentHashMap<>();
    private final Runs runs;

    public Characters(Runs runs) {
        this.runs = runs;
    }

    public void image(String image, Behaviour behaviour) {
        behaviours.put(image, behaviour);
    }

    public void lie(String namespace, String name, Lie lie) {
        lies.put(namespace + "/" + name, lie);
    }

    public void honest(String namespace, String name) {
        lies.remove(namespace + "/" + name);
    }

    Behaviour of(JsonNode pod, JsonNode container) {
        if (runs.failed(pod)) {
            return Behaviour.CRASHLOOP;
        }
        String image = text(container, "image");
        Behaviour set = behaviours.get(image);
        if (set != null) {
            return set;
        }
        String annotation = Meta.annotation(pod, BEHAVIOUR);
        return Behaviour.in(annotation.isEmpty() ? tag(image) : annotation);
    }

    Optional<Lie> lieOf(JsonNode workload) {
        Lie set = lies.get(Meta.namespace(workload) + "/" + Meta.name(workload));
        return set != null ? Optional.of(set) : Lie.in(Meta.annotation(workload, LIE));
    }

    boolean tells(JsonNode workload, Lie lie) {
        return lieOf(workload).filter(l -> l == lie).isPresent();
    }

    private static String tag(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        return last.substring(last.indexOf(':') + 1);
    }
}
