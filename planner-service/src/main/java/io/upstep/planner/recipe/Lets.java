package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Values that a platform or a recipe gives a name, to say them once. Each may use those before it. */
record Lets(LinkedHashMap<String, Template> templates) {

    static Lets of(
            Map<String, JsonNode> values,
            ExpressionCompiler compiler,
            String path,
            BiConsumer<String, String> problems) {
        LinkedHashMap<String, Template> templates = new LinkedHashMap<>();
        values.forEach((name, value) -> templates.put(name, Template.of(value, compiler, path + "/" + name, problems)));
        return new Lets(templates);
    }

    /** The scope in which each name stands for its value. */
    Scope bind(Scope scope) throws CannotEvaluate {
        Scope bound = scope;
        for (Map.Entry<String, Template> let : templates.entrySet()) {
            bound = bound.with(
                    Vocabulary.LET + let.getKey(),
                    CelValues.fromJson(let.getValue().fill(bound)));
        }
        return bound;
    }
}
