package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Values that a platform or a recipe gives a name, to say them once. Each may use those before it. */
record Shared(LinkedHashMap<String, Template> templates) {

    static Shared of(
            Map<String, JsonNode> values,
            ExpressionCompiler compiler,
            String path,
            BiConsumer<String, Fault> problems) {
        LinkedHashMap<String, Template> templates = new LinkedHashMap<>();
        values.forEach((name, value) -> templates.put(name, Template.of(value, compiler, path + "/" + name, problems)));
        return new Shared(templates);
    }

    /** The scope in which each name stands for its value. */
    Scope bind(Scope scope) throws CannotEvaluate {
        Scope bound = scope;
        for (Map.Entry<String, Template> named : templates.entrySet()) {
            bound = bound.with(
                    Vocabulary.SHARED + named.getKey(),
                    CelValues.fromJson(named.getValue().fill(bound)));
        }
        return bound;
    }
}
