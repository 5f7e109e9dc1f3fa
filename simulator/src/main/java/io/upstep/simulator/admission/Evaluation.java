package io.upstep.simulator.admission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** One policy's judgement of one write. */
final class Evaluation {
    private final Policy policy;
    private final Attempt attempt;
    private final Scope scope = new Scope();

    /** @param namespace the object of the namespace that is written to; null when there is none */
    Evaluation(Policy policy, Attempt attempt, ObjectNode namespace) {
        this.policy = policy;
        this.attempt = attempt;
        scope.put("object", () -> CelJson.of(attempt.object()));
        scope.put("oldObject", () -> CelJson.of(attempt.oldObject()));
        scope.put("namespaceObject", () -> CelJson.of(namespace));
        scope.put("request", () -> CelJson.of(request()));
    }

    /** With one parameter object, or with none, which is null. */
    Optional<Denial> with(ObjectNode params) {
        scope.put("params", () -> CelJson.of(params));
        policy.variables().forEach((name, v) -> scope.put(Compiler.VARIABLES + name, () -> v.value(scope)));
        try {
            return applies() ? denial() : Optional.empty();
        } catch (Expression.Failed e) {
            return policy.failClosed() ? Optional.of(Denial.failure(e.getMessage())) : Optional.empty();
        }
    }

    /** One condition that is false is enough, even if others cannot be evaluated. */
    private boolean applies() {
        Expression.Failed failed = null;
        for (Expression condition : policy.conditions()) {
            try {
                if (!condition.holds(scope)) {
                    return false;
                }
            } catch (Expression.Failed e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return true;
    }

    private Optional<Denial> denial() {
        return policy.validations().stream()
                .filter(v -> !v.condition().holds(scope))
                .findFirst()
                .map(v -> new Denial(message(v), v.reason()));
    }

    private String message(Policy.Validation validation) {
        String evaluated = evaluated(validation);
        if (!evaluated.isEmpty()) {
            return evaluated;
        }
        return validation.message().isBlank()
                ? "failed expression: " + validation.condition().text().trim()
                : validation.message().trim();
    }

    /** A message that cannot be made is left out: the refusal stands without it. */
    private String evaluated(Policy.Validation validation) {
        try {
            Object value = validation.messageExpression() == null
                    ? ""
                    : validation.messageExpression().value(scope);
            return value instanceof String text && !text.contains("\n") ? text.trim() : "";
        } catch (Expression.Failed e) {
            return "";
        }
    }

    private ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("operation", attempt.operation().name()).put("dryRun", attempt.dryRun());
        request.put("name", attempt.name()).put("namespace", attempt.namespace());
        request.putObject("kind")
                .put("group", attempt.type().group())
                .put("version", attempt.type().version())
                .put("kind", attempt.type().kind());
        request.putObject("resource")
                .put("group", attempt.type().group())
                .put("version", attempt.type().version())
                .put("resource", attempt.type().plural());
        request.put("subResource", attempt.subresource());
        request.putObject("userInfo").put("username", attempt.user());
        request.set("options", attempt.options());
        return request;
    }
}
