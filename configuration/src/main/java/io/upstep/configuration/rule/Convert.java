package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.configuration.document.Leaf;
import io.upstep.configuration.document.Scalars;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Kind;
import io.upstep.configuration.report.Problem.Code;
import java.math.BigDecimal;
import java.math.BigInteger;

/** The same value as another type. */
record Convert(Pattern what, Type to) implements Rule {
    private static final int DIGITS = 100;

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        what.find(at).stream()
                .map(Pattern.Match::tree)
                .filter(part -> !part.json().isNull() && !to.fits(part.json()))
                .forEach(part -> convert(part, bench, words));
    }

    private void convert(Tree part, Bench bench, Words words) {
        JsonNode converted = part instanceof Leaf leaf ? converted(leaf.text().strip()) : null;
        if (converted == null) {
            bench.problem(
                    Code.NOT_CONVERTIBLE,
                    part.path(),
                    part,
                    "Expected something that can be read as " + to.text() + ", came "
                            + Type.of(part.json()).text() + " that cannot.",
                    "Correct it.",
                    words);
            return;
        }
        Leaf fresh = ((Leaf) part).become(converted);
        part.parent().replace(part, fresh);
        fresh.touched(bench.note(Kind.CONVERTED, fresh.path(), fresh.path(), words));
    }

    private JsonNode converted(String text) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (to) {
            case INTEGER ->
                text.length() < DIGITS && text.matches("[-+]?\\d+") ? json.numberNode(new BigInteger(text)) : null;
            case NUMBER ->
                text.length() < DIGITS && text.matches("[-+]?\\d+(\\.\\d+)?")
                        ? json.numberNode(new BigDecimal(text))
                        : null;
            case BOOLEAN -> Scalars.truth(text) == null ? null : json.booleanNode(Scalars.truth(text));
            case TEXT -> json.textNode(text);
            default -> null;
        };
    }
}
