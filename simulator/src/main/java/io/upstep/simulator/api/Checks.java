package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.admission.PolicyValidation;
import io.upstep.simulator.rules.Problem;
import io.upstep.simulator.rules.Validation;
import io.upstep.simulator.store.ResourceType;
import java.util.List;

/** Everything that can be wrong with an object on its own. */
final class Checks {
    private Checks() {}

    static List<Problem> of(ResourceType type, ObjectNode object) {
        List<Problem> problems = Validation.of(type, object);
        problems.addAll(PolicyValidation.of(type, object));
        return problems;
    }
}
