package io.upstep.simulator.admission;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.Change;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lets a write pass, or refuses it, by the admission policies that are in the store.
 *
 * <p>To be called while the store is locked, so that the write follows at once. A real API server evaluates just before its
 * storage transaction, and sees parameters through an informer that may lag by milliseconds: that is why a writer's
 * preconditions on the version of the object stay needed there.
 */
public final class Policies {
    static final String POLICIES = "validatingadmissionpolicies.admissionregistration.k8s.io";
    static final String BINDINGS = "validatingadmissionpolicybindings.admissionregistration.k8s.io";

    private final ObjectStore store;
    private final Parameters parameters;
    private final Map<String, Policy> policies = new TreeMap<>();
    private final Map<String, Binding> bindings = new TreeMap<>();

    /** Follows the store from now on; what is there already counts too. */
    public Policies(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.parameters = new Parameters(store, types);
        store.atomically(() -> {
            store.list(POLICIES, "").forEach(this::learnPolicy);
            store.list(BINDINGS, "").forEach(this::learnBinding);
            store.listen(this::follow);
            return null;
        });
    }

    /** @throws Refusal in the API server's words */
    public void admit(Attempt attempt) {
        for (Binding binding : bindings.values()) {
            Policy policy = policies.get(binding.policy());
            if (policy != null && binding.denies() && isAbout(policy, binding, attempt)) {
                judge(policy, binding, attempt).ifPresent(denial -> {
                    throw refusal(policy, binding, attempt, denial);
                });
            }
        }
    }

    private boolean isAbout(Policy policy, Binding binding, Attempt attempt) {
        return policy.about().test(attempt, store) && binding.about().test(attempt, store);
    }

    private Optional<Denial> judge(Policy policy, Binding binding, Attempt attempt) {
        try {
            List<ObjectNode> params = parameters.of(policy, binding.object(), attempt);
            Evaluation evaluation = new Evaluation(policy, attempt, namespace(attempt));
            return params.stream().flatMap(p -> evaluation.with(p).stream()).findFirst();
        } catch (Expression.Failed e) {
            return policy.failClosed() ? Optional.of(Denial.failure(e.getMessage())) : Optional.empty();
        }
    }

    private ObjectNode namespace(Attempt attempt) {
        return store.get(new Key("namespaces", "", attempt.namespace())).orElse(null);
    }

    private static Refusal refusal(Policy policy, Binding binding, Attempt attempt, Denial denial) {
        String message = "ValidatingAdmissionPolicy '" + policy.name() + "' with binding '" + binding.name()
                + "' denied request: " + denial.message();
        return Refusal.denied(attempt.type(), attempt.any(), message, denial.reason());
    }

    private void follow(Change change) {
        boolean gone = change.type() == Change.Type.DELETED;
        String name = change.key().name();
        if (change.key().resource().equals(POLICIES)) {
            policies.remove(name);
            if (!gone) {
                learnPolicy(change.object());
            }
        } else if (change.key().resource().equals(BINDINGS)) {
            bindings.remove(name);
            if (!gone) {
                learnBinding(change.object());
            }
        }
    }

    private void learnPolicy(ObjectNode object) {
        Policy policy = CompiledPolicies.of(object);
        policies.put(policy.name(), policy);
    }

    private void learnBinding(ObjectNode object) {
        Binding binding = Binding.of(object);
        bindings.put(binding.name(), binding);
    }

    private record Binding(String name, String policy, boolean denies, MatchResources about, JsonNode object) {
        static Binding of(ObjectNode object) {
            JsonNode spec = object.path("spec");
            boolean denies = false;
            for (JsonNode action : spec.path("validationActions")) {
                denies |= action.asText().equals("Deny");
            }
            return new Binding(
                    text(object, "metadata", "name"),
                    text(spec, "policyName"),
                    denies,
                    MatchResources.of(spec.path("matchResources")),
                    object);
        }
    }
}
