package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Fields;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows which real server stands behind a port of simulated pods. */
public final class Backends {
    private static final List<String> OWNERS =
            List.of("replicasets.apps", "deployments.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch");

    private final ObjectStore store;
    private final List<Backend> backends = new CopyOnWriteArrayList<>();

    public Backends(ObjectStore store) {
        this.store = store;
    }

    /** Where a connection really goes. */
    record Address(String host, int port) {}

    private record Backend(String namespace, String name, int port, Address address) {}

    /** @param name of a Service, of a workload or of a pod */
    public void put(String namespace, String name, int port, String host, int realPort) {
        remove(namespace, name, port);
        backends.add(new Backend(namespace, name, port, new Address(host, realPort)));
    }

    public void remove(String namespace, String name, int port) {
        backends.removeIf(b -> b.namespace.equals(namespace) && b.name.equals(name) && b.port == port);
    }

    /** What listens on this port of a pod, if anything does. */
    Optional<Address> of(ObjectNode pod, int port) {
        return backends.stream()
                .filter(b -> b.namespace.equals(Meta.namespace(pod)))
                .filter(b -> isBehindService(b, pod, port) || (b.port == port && belongsTo(b.name, pod)))
                .map(Backend::address)
                .findFirst();
    }

    /** A client that resolves a Service asks for the port of the pod; the backend may be known by that of the Service. */
    private boolean isBehindService(Backend backend, JsonNode pod, int port) {
        return store.get(new Key("services", backend.namespace, backend.name))
                .filter(s -> selects(s, pod))
                .filter(s -> port == backend.port || port == targetPort(s, backend.port, pod))
                .isPresent();
    }

    private static boolean selects(JsonNode service, JsonNode pod) {
        Map<String, String> selector = Fields.strings(at(service, "spec", "selector"));
        return !selector.isEmpty() && Meta.labels(pod).entrySet().containsAll(selector.entrySet());
    }

    private static int targetPort(JsonNode service, int port, JsonNode pod) {
        return Fields.objects(at(service, "spec", "ports")).stream()
                .filter(p -> p.path("port").asInt() == port)
                .map(p -> p.path("targetPort"))
                .mapToInt(t -> t.isTextual() ? named(pod, t.asText()) : t.asInt(port))
                .findFirst()
                .orElse(port);
    }

    private static int named(JsonNode pod, String name) {
        return Fields.objects(at(pod, "spec", "containers")).stream()
                .flatMap(c -> Fields.objects(c.path("ports")).stream())
                .filter(p -> text(p, "name").equals(name))
                .mapToInt(p -> p.path("containerPort").asInt())
                .findFirst()
                .orElse(0);
    }

    private boolean belongsTo(String name, ObjectNode object) {
        if (Meta.name(object).equals(name)) {
            return true;
        }
        Optional<String> owner = Meta.controller(object).map(c -> text(c, "name"));
        return owner.isPresent()
                && OWNERS.stream()
                        .flatMap(r -> store.get(new Key(r, Meta.namespace(object), owner.get())).stream())
                        .anyMatch(o -> Meta.isControlledBy(object, o) && belongsTo(name, o));
    }
}
