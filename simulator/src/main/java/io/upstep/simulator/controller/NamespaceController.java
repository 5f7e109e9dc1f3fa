package io.upstep.simulator.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Propagation;
import io.upstep.simulator.store.Fields;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import io.upstep.simulator.store.ResourceTypes;
import java.util.List;
import java.util.UUID;

/** Gives a new namespace its default service account, and empties one that is being deleted before it goes. */
final class NamespaceController implements Controller {
    private final World world;
    private final ResourceTypes types;

    NamespaceController(World world, ResourceTypes types) {
        this.world = world;
        this.types = types;
    }

    @Override
    public String resource() {
        return "namespaces";
    }

    @Override
    public void reconcile(Key key) {
        world.store().get(key).ifPresent(namespace -> {
            if (Meta.isBeingDeleted(namespace)) {
                empty(key);
            } else {
                ensureServiceAccount(key.name());
            }
        });
    }

    private void empty(Key namespace) {
        List<Key> content = content(namespace.name());
        content.stream()
                .filter(k -> world.store()
                        .get(k)
                        .filter(o -> !Meta.isBeingDeleted(o))
                        .isPresent())
                .forEach(k -> world.deletion().delete(k, Propagation.BACKGROUND, 30));
        if (content(namespace.name()).isEmpty()) {
            world.store().modify(namespace, o -> {
                Fields.list(Fields.child(o, "spec"), "finalizers").removeAll();
                return o;
            });
            world.deletion().finish(namespace);
        }
    }

    private List<Key> content(String namespace) {
        return types.all().stream()
                .filter(ResourceType::namespaced)
                .flatMap(t ->
                        world.store().list(t.resource(), namespace).stream().map(o -> t.key(namespace, Meta.name(o))))
                .distinct()
                .toList();
    }

    private void ensureServiceAccount(String namespace) {
        Key key = new Key("serviceaccounts", namespace, "default");
        if (world.store().get(key).isEmpty()) {
            ObjectNode account = JsonNodeFactory.instance.objectNode();
            account.put("apiVersion", "v1").put("kind", "ServiceAccount");
            Meta.of(account).put("name", "default").put("namespace", namespace);
            Meta.of(account).put("uid", UUID.randomUUID().toString());
            Meta.of(account).put("creationTimestamp", world.timestamps().now());
            world.store().put(key, account);
        }
    }
}
