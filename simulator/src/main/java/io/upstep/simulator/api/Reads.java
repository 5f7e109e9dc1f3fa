package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Answers with one object or a list of them. */
final class Reads {
    private final ObjectStore store;
    private final Tables tables;

    Reads(ObjectStore store, Tables tables) {
        this.store = store;
        this.tables = tables;
    }

    Answer get(ResourceType type, ApiPath path, Request request) {
        ObjectNode object = find(type, path);
        return Answer.json(Tables.wanted(request) ? tables.of(type, List.of(object), store.version()) : object);
    }

    ObjectNode find(ResourceType type, ApiPath path) {
        return store.get(type.key(path.namespace(), path.name()))
                .orElseThrow(() -> Refusal.notFound(type, path.name()));
    }

    Answer list(ResourceType type, ApiPath path, Request request) {
        List<ObjectNode> found = matching(type, path, request);
        int from = start(request, found);
        int limit = request.parameter("limit").isEmpty() ? 0 : Integer.parseInt(request.parameter("limit"));
        int to = limit > 0 ? Math.min(found.size(), from + limit) : found.size();
        ObjectNode list = Tables.wanted(request)
                ? tables.of(type, found.subList(from, to), store.version())
                : plain(type, found.subList(from, to));
        Meta.of(list).put("resourceVersion", Long.toString(store.version()));
        if (to < found.size()) {
            Meta.of(list).put("continue", token(found.get(to - 1))).put("remainingItemCount", found.size() - to);
        }
        return Answer.json(list);
    }

    List<ObjectNode> matching(ResourceType type, ApiPath path, Request request) {
        Selection selection = Selection.of(type, request);
        return store.list(type.resource(), path.namespace()).stream()
                .filter(selection)
                .toList();
    }

    private static ObjectNode plain(ResourceType type, List<ObjectNode> objects) {
        ObjectNode list = Bodies.JSON.createObjectNode();
        list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        objects.forEach(items::add);
        return list;
    }

    private static int start(Request request, List<ObjectNode> found) {
        if (request.parameter("continue").isEmpty()) {
            return 0;
        }
        String last = new String(Base64.getUrlDecoder().decode(request.parameter("continue")), StandardCharsets.UTF_8);
        int index = 0;
        while (index < found.size() && place(found.get(index)).compareTo(last) <= 0) {
            index++;
        }
        return index;
    }

    private static String token(ObjectNode last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(place(last).getBytes(StandardCharsets.UTF_8));
    }

    private static String place(ObjectNode object) {
        return Meta.namespace(object) + "\0" + Meta.name(object);
    }
}
