package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Propagation;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceType;
import java.util.Optional;

/** Answers the requests that change objects. */
final class Writes {
    private static final int POD_GRACE = 30;

    private final ObjectStore store;
    private final Reads reads;
    private final Writer writer;
    private final Patcher patcher;
    private final Commit commit;

    Writes(ObjectStore store, Reads reads, Writer writer, Patcher patcher, Commit commit) {
        this.store = store;
        this.reads = reads;
        this.writer = writer;
        this.patcher = patcher;
        this.commit = commit;
    }

    Answer create(ResourceType type, ApiPath path, Request request) {
        ObjectNode body = Bodies.read(request);
        if (type.isReview()) {
            return Answer.json(201, allowed(body));
        }
        return Answer.json(201, writer.create(type, path.namespace(), body, WriteOptions.of(request)));
    }

    Answer replace(ResourceType type, ApiPath path, Request request) {
        return Answer.json(replace(type, path, request, false));
    }

    ObjectNode replace(ResourceType type, ApiPath path, Request request, boolean status) {
        ObjectNode body = Bodies.read(request);
        Identity.check(type, path.namespace(), path.name(), body);
        return writer.update(type, reads.find(type, path), body, status, WriteOptions.of(request));
    }

    Answer patch(ResourceType type, ApiPath path, Request request) {
        Optional<ObjectNode> before = store.get(type.key(path.namespace(), path.name()));
        if (before.isEmpty() && Patcher.mayCreate(request)) {
            return Answer.json(201, patcher.create(type, path.namespace(), path.name(), request));
        }
        return Answer.json(patcher.patch(type, reads.find(type, path), request, false));
    }

    ObjectNode patchStatus(ResourceType type, ApiPath path, Request request) {
        return patcher.patch(type, reads.find(type, path), request, true);
    }

    Answer delete(ResourceType type, ApiPath path, Request request) {
        ObjectNode before = reads.find(type, path);
        WriteOptions options = WriteOptions.of(request);
        preconditions(type, before, options.deletion());
        ObjectNode last = delete(type, before, options);
        boolean gone = store.get(type.key(path.namespace(), path.name())).isEmpty();
        return Answer.json(gone && !type.resource().equals("pods") ? success(type, before) : last);
    }

    Answer deleteAll(ResourceType type, ApiPath path, Request request) {
        WriteOptions options = WriteOptions.of(request);
        ObjectNode list = Bodies.JSON.createObjectNode();
        list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
        Meta.of(list).put("resourceVersion", Long.toString(store.version()));
        ArrayNode items = list.putArray("items");
        reads.matching(type, path, request).forEach(o -> items.add(delete(type, o, options)));
        return Answer.json(list);
    }

    private ObjectNode delete(ResourceType type, ObjectNode object, WriteOptions options) {
        String inQuery = options.asked().parameter("propagationPolicy");
        String policy = inQuery.isEmpty() ? text(options.deletion(), "propagationPolicy") : inQuery;
        int grace = options.deletion().path("gracePeriodSeconds").asInt(grace(options.asked()));
        return commit.delete(type, object, Propagation.of(policy, type.kind()), grace, options);
    }

    private static int grace(Request request) {
        String inQuery = request.parameter("gracePeriodSeconds");
        return inQuery.isEmpty() ? POD_GRACE : Integer.parseInt(inQuery);
    }

    private static void preconditions(ResourceType type, ObjectNode before, ObjectNode options) {
        String uid = text(options, "preconditions", "uid");
        if (!uid.isEmpty() && !uid.equals(Meta.uid(before))) {
            throw Refusal.conflict(
                    type,
                    Meta.name(before),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Meta.uid(before));
        }
        String version = text(options, "preconditions", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Meta.version(before))) {
            throw Refusal.conflict(
                    type,
                    Meta.name(before),
                    "Precondition failed: ResourceVersion in precondition: " + version
                            + ", ResourceVersion in object meta: " + Meta.version(before));
        }
    }

    private static ObjectNode success(ResourceType type, ObjectNode deleted) {
        ObjectNode status = Bodies.JSON.createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        ObjectNode details = status.put("status", "Success").putObject("details");
        details.put("name", Meta.name(deleted)).put("kind", type.plural()).put("uid", Meta.uid(deleted));
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        return status;
    }

    /** Everybody may do everything in a simulated cluster. */
    private static ObjectNode allowed(ObjectNode review) {
        ObjectNode answered = review.deepCopy();
        answered.putObject("status").put("allowed", true);
        return answered;
    }
}
