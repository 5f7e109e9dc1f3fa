package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.document.Leaf;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Kind;
import io.upstep.configuration.report.Problem.Code;
import java.util.Map;

/**
 * Other words for the same.
 *
 * @param values from the old text to the new value
 * @param strict whether a word that is not among them is a problem
 */
record Translate(Pattern what, Map<String, JsonNode> values, boolean strict) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        what.find(at).forEach(match -> translate(match.tree(), bench, words));
    }

    private void translate(Tree part, Bench bench, Words words) {
        JsonNode translated = part instanceof Leaf leaf ? values.get(leaf.json().asText()) : null;
        if (translated != null && !translated.equals(part.json())) {
            Leaf fresh = ((Leaf) part).become(translated);
            part.parent().replace(part, fresh);
            fresh.touched(bench.note(Kind.CONVERTED, fresh.path(), fresh.path(), words));
        } else if (translated == null && strict && !values.containsValue(part.json())) {
            bench.problem(
                    Code.NOT_CONVERTIBLE,
                    part.path(),
                    part,
                    "Expected one of " + String.join(", ", values.keySet()) + ", came something else.",
                    "Write one of these, or what it became: " + values.values() + ".",
                    words);
        }
    }
}
