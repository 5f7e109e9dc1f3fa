package io.upstep.simulator.admission;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.LabelSelector;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceType;
import io.upstep.simulator.store.ResourceTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds the objects that a binding gives to its policy as parameters. */
final class Parameters {
    private static final List<ObjectNode> NONE_WANTED = Collections.singletonList(null);

    private final ObjectStore store;
    private final ResourceTypes types;

    Parameters(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.types = types;
    }

    /**
     * One judgement is due for each; a null among them stands for "without".
     *
     * @throws Expression.Failed when the binding does not fit the policy or the write
     */
    List<ObjectNode> of(Policy policy, JsonNode binding, Attempt attempt) {
        JsonNode ref = binding.path("spec").path("paramRef");
        if (!policy.paramKind().isSet() || ref.isMissingNode()) {
            return NONE_WANTED;
        }
        ResourceType type = types.ofKind(
                        policy.paramKind().apiVersion(), policy.paramKind().kind())
                .orElseThrow(() -> new Expression.Failed(
                        "failed to configure binding: paramKind kind `" + policy.paramKind() + "` not known"));
        List<ObjectNode> found = chosen(type, namespace(type, ref, attempt), ref);
        if (found.isEmpty() && text(ref, "parameterNotFoundAction").equals("Deny")) {
            throw new Expression.Failed("failed to configure binding: no params found for policy binding with `Deny`"
                    + " parameterNotFoundAction");
        }
        return found;
    }

    private List<ObjectNode> chosen(ResourceType type, String namespace, JsonNode ref) {
        String name = text(ref, "name");
        if (!name.isEmpty()) {
            return store.get(type.key(namespace, name)).map(List::of).orElse(List.of());
        }
        LabelSelector selector = LabelSelector.of(ref.path("selector"));
        List<ObjectNode> found = new ArrayList<>(store.list(type.resource(), namespace));
        found.removeIf(object -> !selector.test(Meta.labels(object)));
        return found;
    }

    private static String namespace(ResourceType type, JsonNode ref, Attempt attempt) {
        String namespace = text(ref, "namespace").isEmpty() ? attempt.namespace() : text(ref, "namespace");
        if (type.namespaced() && namespace.isEmpty()) {
            throw new Expression.Failed("failed to configure binding: cannot use namespaced paramRef in policy binding"
                    + " that matches cluster-scoped resources");
        }
        return type.namespaced() ? namespace : "";
    }
}
