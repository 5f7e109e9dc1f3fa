package io.upstep.simulator.api;

import io.upstep.simulator.admission.Policies;
import io.upstep.simulator.audit.Fence;
import io.upstep.simulator.audit.WriteRecord;
import io.upstep.simulator.rules.Deletion;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.rules.Timestamps;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceType;
import io.upstep.simulator.store.ResourceTypes;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds who answers a request, by its path and method. */
public final class Router {
    private final ObjectStore store;
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
            Interference interference,
            WriteRecord record,
            Clock clock) {
        Timestamps timestamps = new Timestamps(clock);
        Bookkeeper books = new Bookkeeper(record, new Fence(store), clock);
        Commit commit = new Commit(store, deletion, new Admission(new Policies(store, types)), books);
        Writer writer = new Writer(store, timestamps, commit, interference);
        this.store = store;
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
