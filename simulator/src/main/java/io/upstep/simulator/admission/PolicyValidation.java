package io.upstep.simulator.admission;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Problem;
import io.upstep.simulator.store.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Refuses policies and bindings that the API server refuses, above all those whose expressions do not compile. */
public final class PolicyValidation {
    private static final Set<String> REASONS =
            Set.of("", "Unauthorized", "Forbidden", "Invalid", "RequestEntityTooLarge");
    private static final Set<String> FAILURE_POLICIES = Set.of("", "Fail", "Ignore");
    private static final Set<String> ACTIONS = Set.of("Deny", "Warn", "Audit");
    private static final Set<String> NOT_FOUND_ACTIONS = Set.of("Allow", "Deny");
    private static final String REQUIRED = "Required value";

    private final JsonNode spec;
    private final List<Problem> problems = new ArrayList<>();

    private PolicyValidation(JsonNode spec) {
        this.spec = spec;
    }

    /** What is wrong with an object, if it is a policy or a binding. */
    public static List<Problem> of(ResourceType type, ObjectNode object) {
        PolicyValidation validation = new PolicyValidation(object.path("spec"));
        if (type.resource().equals(Policies.POLICIES)) {
            validation.policy();
            validation.problems.addAll(CompiledPolicies.of(object).problems());
        } else if (type.resource().equals(Policies.BINDINGS)) {
            validation.binding();
        }
        return validation.problems;
    }

    private void policy() {
        require(!spec.path("validations").isEmpty(), "spec.validations", REQUIRED);
        require(!spec.path("matchConstraints").path("resourceRules").isEmpty(), "spec.matchConstraints", REQUIRED);
        oneOf("spec.failurePolicy", text(spec, "failurePolicy"), FAILURE_POLICIES);
        int i = 0;
        for (JsonNode validation : spec.path("validations")) {
            oneOf("spec.validations[" + i++ + "].reason", text(validation, "reason"), REASONS);
        }
    }

    private void binding() {
        require(!text(spec, "policyName").isEmpty(), "spec.policyName", REQUIRED);
        require(!spec.path("validationActions").isEmpty(), "spec.validationActions", REQUIRED);
        spec.path("validationActions").forEach(a -> oneOf("spec.validationActions", a.asText(), ACTIONS));
        JsonNode ref = spec.path("paramRef");
        if (!ref.isMissingNode()) {
            boolean named = !text(ref, "name").isEmpty();
            require(
                    named != ref.has("selector"),
                    "spec.paramRef",
                    "Invalid value: one of name or selector must be set");
            oneOf("spec.paramRef.parameterNotFoundAction", text(ref, "parameterNotFoundAction"), NOT_FOUND_ACTIONS);
        }
    }

    private void oneOf(String field, String value, Set<String> allowed) {
        require(allowed.contains(value), field, "Unsupported value: \"" + value + "\"");
    }

    private void require(boolean holds, String field, String problem) {
        if (!holds) {
            problems.add(new Problem(field, problem));
        }
    }
}
