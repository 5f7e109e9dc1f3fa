package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.planner.recipe.PlatformSpec.ParameterDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a plan's parameters must be, and what stands for those that are not given. */
record ParameterRules(List<ParameterDeclaration> declared, Map<String, Template> defaults) {

    /** Everything that is wrong with the parameters; empty if they can be used. */
    List<ParameterProblem> problems(ObjectNode given) {
        List<ParameterProblem> problems = new ArrayList<>();
        given.fieldNames().forEachRemaining(name -> unknown(name).ifPresent(problems::add));
        declared.forEach(
                parameter -> wrong(parameter, given.get(parameter.name())).ifPresent(problems::add));
        return problems;
    }

    /** The scope with every parameter in it, given or by default. */
    Scope bind(Scope scope, ObjectNode given) throws CannotEvaluate {
        Scope bound = scope;
        for (ParameterDeclaration parameter : declared) {
            JsonNode value = given.has(parameter.name())
                    ? given.get(parameter.name())
                    : defaults.get(parameter.name()).fill(scope);
            bound = bound.withParameter(parameter.name(), parameter.type(), value);
        }
        return bound;
    }

    private Optional<ParameterProblem> unknown(String name) {
        if (declared.stream().anyMatch(parameter -> parameter.name().equals(name))) {
            return Optional.empty();
        }
        List<String> names = declared.stream().map(ParameterDeclaration::name).toList();
        return Optional.of(new ParameterProblem(
                name,
                names.isEmpty() ? "no parameters: this platform has none" : "one of " + String.join(", ", names),
                "'" + name + "'",
                "leave it out or correct its name"));
    }

    private static Optional<ParameterProblem> wrong(ParameterDeclaration parameter, JsonNode value) {
        if (value == null) {
            return parameter.required()
                    ? Optional.of(problem(parameter, parameter.type().word(), "nothing"))
                    : Optional.empty();
        }
        if (value.isNull() || !parameter.type().accepts(value)) {
            return Optional.of(problem(parameter, parameter.type().word(), value.toString()));
        }
        if (!parameter.oneOf().isEmpty() && !parameter.oneOf().contains(value.asText())) {
            return Optional.of(problem(parameter, "one of " + String.join(", ", parameter.oneOf()), value.toString()));
        }
        if (parameter.pattern() != null && !value.asText().matches(parameter.pattern())) {
            return Optional.of(problem(parameter, "a text matching " + parameter.pattern(), value.toString()));
        }
        return Optional.empty();
    }

    private static ParameterProblem problem(ParameterDeclaration parameter, String expected, String actual) {
        return new ParameterProblem(parameter.name(), expected, actual, "give " + oneLine(parameter.description()));
    }

    private static String oneLine(String description) {
        return description.strip().replaceAll("\\s+", " ");
    }
}
