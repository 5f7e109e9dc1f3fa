package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.admission.Policies;
import io.upstep.simulator.audit.Fence;
import io.upstep.simulator.audit.WriteRecord;
import io.upstep.simulator.rules.Deletion;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.rules.Timestamps;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceType;
import io.upstep.simulator.store.ResourceTypes;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds who answers a request, by its path and method. */
public final class Router {
    private final ObjectStore store;
    private final Backends backends;
    private final ResourceTypes types;
    private final Discovery discovery;
    private final Tables tables;
    private final Reads reads;
    private final Writes writes;
    private final Subresources subresources;
    private final Refused refused;

    public Router(
            ObjectStore store,
            ResourceTypes types,
            Deletion deletion,
            WebAnswers web,
            Backends backends,
            Interference interference,
            WriteRecord record,
            Clock clock) {
        Timestamps timestamps = new Timestamps(clock);
        Bookkeeper books = new Bookkeeper(record, new Fence(store), clock);
        Commit commit = new Commit(store, deletion, new Admission(new Policies(store, types)), books);
        Writer writer = new Writer(store, timestamps, commit, interference);
        this.store = store;
        this.backends = backends;
        this.refused = new Refused(store, books);
        this.types = types;
        this.discovery = new Discovery(types);
        this.tables = new Tables(clock);
        this.reads = new Reads(store, tables);
        this.writes = new Writes(store, reads, writer, new Patcher(writer, timestamps), commit);
        this.subresources = new Subresources(reads, writes, writer, commit, new ServiceProxy(store, web));
    }

    /** Answers everything but a watch. */
    public Answer answer(Request request) {
        try {
            Optional<Answer> general = discovery.answer(request.path());
            return general.isPresent() ? general.get() : store.atomically(() -> resource(request));
        } catch (Refusal refusal) {
            return Answer.json(refusal.code(), refusal.status());
        }
    }

    /** What a request wants to watch, or nothing when it is no watch. */
    public Optional<WatchTarget> watch(Request request) {
        boolean marked = request.method().equals("GET") && request.flag("watch");
        return marked ? Optional.of(WatchTarget.of(path(request), type(path(request)), request)) : Optional.empty();
    }

    /** Where a request wants its connection forwarded, or nothing when it is about something else. */
    Optional<PortForward.Target> forward(Request request) {
        return ApiPath.parse(request.path())
                .filter(p -> p.plural().equals("pods") && p.subresource().equals("portforward"))
                .map(p -> store.atomically(() -> forward(p, PortForward.port(request))));
    }

    private PortForward.Target forward(ApiPath path, int port) {
        ObjectNode pod = reads.find(type(path), path);
        if (text(pod, "spec", "nodeName").isEmpty()) {
            throw Refusal.badRequest("pod " + path.name() + " does not have a host assigned");
        }
        Optional<Backends.Address> address = ServiceProxy.isReady(pod) ? backends.of(pod, port) : Optional.empty();
        return new PortForward.Target(type(path).key(path.namespace(), path.name()), Meta.uid(pod), port, address);
    }

    Watch watch(WatchTarget target, Consumer<String> sink) {
        return new Watch(store, tables, target, sink);
    }

    private Answer resource(Request request) {
        ApiPath path = path(request);
        ResourceType type = type(path);
        try {
            return resource(type, path, request);
        } catch (Refusal refusal) {
            refused.note(type, path, request, refusal);
            throw refusal;
        }
    }

    private Answer resource(ResourceType type, ApiPath path, Request request) {
        if (!path.below().isEmpty()) {
            return subresources.answer(type, path, request);
        }
        boolean all = path.name().isEmpty();
        return switch (request.method()) {
            case "GET" -> all ? reads.list(type, path, request) : reads.get(type, path, request);
            case "POST" -> writes.create(type, path, request);
            case "PUT" -> writes.replace(type, path, request);
            case "PATCH" -> writes.patch(type, path, request);
            case "DELETE" -> all ? writes.deleteAll(type, path, request) : writes.delete(type, path, request);
            default -> throw Refusal.methodNotAllowed();
        };
    }

    private static ApiPath path(Request request) {
        return ApiPath.parse(request.path()).orElseThrow(Refusal::noSuchPath);
    }

    private ResourceType type(ApiPath path) {
        return types.ofPath(path.group(), path.version(), path.plural()).orElseThrow(Refusal::noSuchPath);
    }
}
