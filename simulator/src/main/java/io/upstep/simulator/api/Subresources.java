package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.child;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Propagation;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import java.util.StringJoiner;

/** Answers what lies below an object: status, scale, log, eviction, and the way through a service. */
final class Subresources {
    private final Reads reads;
    private final Writes writes;
    private final Writer writer;
    private final Commit commit;
    private final ServiceProxy proxy;

    Subresources(Reads reads, Writes writes, Writer writer, Commit commit, ServiceProxy proxy) {
        this.reads = reads;
        this.writes = writes;
        this.writer = writer;
        this.commit = commit;
        this.proxy = proxy;
    }

    Answer answer(ResourceType type, ApiPath path, Request request) {
        String wanted = path.subresource();
        if (wanted.equals("status") && type.status()) {
            return status(type, path, request);
        }
        if (wanted.equals("scale") && type.scale()) {
            return scale(type, path, request);
        }
        if (wanted.equals("finalize") && type.kind().equals("Namespace")) {
            return writes.replace(type, path, request);
        }
        if (type.kind().equals("Service") && wanted.equals("proxy")) {
            return proxy.answer(path, request);
        }
        if (type.kind().equals("Pod") && wanted.equals("log")) {
            return Answer.text("simulated log of " + Meta.name(reads.find(type, path)) + "\n");
        }
        if (type.kind().equals("Pod")
                && wanted.equals("eviction")
                && request.method().equals("POST")) {
            ObjectNode pod = reads.find(type, path);
            commit.delete(type, pod, Propagation.BACKGROUND, 1, WriteOptions.ofEviction(request));
            return Answer.json(201, Bodies.read(request));
        }
        throw Refusal.noSuchPath();
    }

    private Answer status(ResourceType type, ApiPath path, Request request) {
        return switch (request.method()) {
            case "GET" -> reads.get(type, path, request);
            case "PUT" -> Answer.json(writes.replace(type, path, request, true));
            case "PATCH" -> Answer.json(writes.patchStatus(type, path, request));
            default -> throw Refusal.methodNotAllowed();
        };
    }

    private Answer scale(ResourceType type, ApiPath path, Request request) {
        ObjectNode object = reads.find(type, path);
        if (request.method().equals("GET")) {
            return Answer.json(scaleOf(object));
        }
        ObjectNode scale = Scales.changed(scaleOf(object), request);
        ObjectNode next = object.deepCopy();
        child(next, "spec").put("replicas", at(scale, "spec", "replicas").asInt());
        if (scale.path("metadata").has("resourceVersion")) {
            Meta.of(next).put("resourceVersion", Meta.version(scale));
        }
        return Answer.json(scaleOf(writer.update(type, object, next, false, WriteOptions.of(request))));
    }

    private static ObjectNode scaleOf(ObjectNode object) {
        ObjectNode scale = Bodies.JSON.createObjectNode();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode meta = scale.putObject("metadata");
        meta.put("name", Meta.name(object)).put("namespace", Meta.namespace(object));
        meta.put("uid", Meta.uid(object)).put("resourceVersion", Meta.version(object));
        meta.set("creationTimestamp", at(object, "metadata", "creationTimestamp"));
        scale.putObject("spec").put("replicas", at(object, "spec", "replicas").asInt());
        StringJoiner selector = new StringJoiner(",");
        at(object, "spec", "selector", "matchLabels")
                .properties()
                .forEach(e -> selector.add(e.getKey() + "=" + e.getValue().asText()));
        scale.putObject("status")
                .put("replicas", at(object, "status", "replicas").asInt())
                .put("selector", selector.toString());
        return scale;
    }
}
