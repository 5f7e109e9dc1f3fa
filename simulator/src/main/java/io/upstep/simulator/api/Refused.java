package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceType;
import java.util.Set;

/** Writes down the requests to change an object that are refused, with what can be read from them. */
final class Refused {
    private static final Set<String> OBJECTS_OWN = Set.of("", "status", "scale", "finalize", "eviction");

    private final ObjectStore store;
    private final Bookkeeper books;

    Refused(ObjectStore store, Bookkeeper books) {
        this.store = store;
        this.books = books;
    }

    void note(ResourceType type, ApiPath path, Request request, Refusal refusal) {
        boolean writes = !request.method().equals("GET") && OBJECTS_OWN.contains(path.subresource());
        if (writes && !type.isReview()) {
            note(type, path, body(request), refusal, options(path, request));
        }
    }

    private void note(ResourceType type, ApiPath path, ObjectNode body, Refusal refusal, WriteOptions options) {
        if (options.dryRun()) {
            return;
        }
        Key key = type.key(path.namespace(), path.name().isEmpty() ? Meta.name(body) : path.name());
        boolean deletes = options.verb().equals(WriteOptions.DELETE);
        ObjectNode told = deletes ? store.get(key).orElse(body) : body;
        books.refused(key, refusal.attempted().orElse(told), refusal.getMessage(), options);
    }

    private static WriteOptions options(ApiPath path, Request request) {
        return path.subresource().equals("eviction") ? WriteOptions.ofEviction(request) : WriteOptions.of(request);
    }

    /** A JSON patch is a list, and a body that cannot be read may be the reason of the refusal. */
    private static ObjectNode body(Request request) {
        try {
            return Bodies.readOrEmpty(request);
        } catch (Refusal unreadable) {
            return Bodies.JSON.createObjectNode();
        }
    }
}
