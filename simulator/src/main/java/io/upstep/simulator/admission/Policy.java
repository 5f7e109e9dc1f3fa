package io.upstep.simulator.admission;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.types.SimpleType;
import io.upstep.simulator.rules.Problem;
import io.upstep.simulator.store.Meta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One ValidatingAdmissionPolicy, compiled.
 *
 * @param problems why it cannot be evaluated; none in a policy that the API server has accepted
 */
record Policy(
        String name,
        ParamKind paramKind,
        boolean failClosed,
        MatchResources about,
        List<Expression> conditions,
        Map<String, Expression> variables,
        List<Validation> validations,
        List<Problem> problems) {
    /** The kind of object whose values the expressions see as {@code params}; empty names when there is none. */
    record ParamKind(String apiVersion, String kind) {
        boolean isSet() {
            return !kind.isEmpty();
        }
    }

    /** One condition that a write must meet, and what is answered if it does not; the message may be null. */
    record Validation(Expression condition, Expression messageExpression, String message, String reason) {}

    static Policy of(ObjectNode object) {
        JsonNode spec = object.path("spec");
        Compiler compiler = new Compiler();
        List<Problem> problems = new ArrayList<>();
        // Conditions come first: they do not know the variables.
        List<Expression> conditions = conditions(spec, compiler, problems);
        Map<String, Expression> variables = variables(spec, compiler, problems);
        return new Policy(
                Meta.name(object),
                new ParamKind(text(spec, "paramKind", "apiVersion"), text(spec, "paramKind", "kind")),
                !text(spec, "failurePolicy").equals("Ignore"),
                MatchResources.of(spec.path("matchConstraints")),
                conditions,
                variables,
                validations(spec, compiler, problems),
                problems);
    }

    private static List<Expression> conditions(JsonNode spec, Compiler compiler, List<Problem> problems) {
        List<Expression> compiled = new ArrayList<>();
        int i = 0;
        for (JsonNode condition : spec.path("matchConditions")) {
            String field = "spec.matchConditions[" + i++ + "].expression";
            attempt(
                    field,
                    problems,
                    () -> compiled.add(compiler.compile(text(condition, "expression"), SimpleType.BOOL)));
        }
        return compiled;
    }

    private static Map<String, Expression> variables(JsonNode spec, Compiler compiler, List<Problem> problems) {
        Map<String, Expression> compiled = new LinkedHashMap<>();
        int i = 0;
        for (JsonNode variable : spec.path("variables")) {
            String name = text(variable, "name");
            String field = "spec.variables[" + i++ + "].expression";
            attempt(field, problems, () -> compiled.put(name, compiler.variable(name, text(variable, "expression"))));
        }
        return compiled;
    }

    private static List<Validation> validations(JsonNode spec, Compiler compiler, List<Problem> problems) {
        List<Validation> compiled = new ArrayList<>();
        int i = 0;
        for (JsonNode validation : spec.path("validations")) {
            String field = "spec.validations[" + i++ + "]";
            attempt(field + ".expression", problems, () -> {
                Expression condition = compiler.compile(text(validation, "expression"), SimpleType.BOOL);
                String message = text(validation, "messageExpression");
                compiled.add(new Validation(
                        condition,
                        message.isEmpty() ? null : compiler.compile(message, SimpleType.STRING),
                        text(validation, "message"),
                        text(validation, "reason")));
            });
        }
        return compiled;
    }

    private static void attempt(String field, List<Problem> problems, Runnable compilation) {
        try {
            compilation.run();
        } catch (Compiler.InvalidExpression e) {
            problems.add(new Problem(field, e.getMessage()));
        }
    }
}
