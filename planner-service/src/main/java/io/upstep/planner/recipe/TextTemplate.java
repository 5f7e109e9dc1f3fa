package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** A string cut into what stands as it is and the expressions in <code>${...}</code>; <code>$${</code> stands for <code>${</code>. */
final class TextTemplate {
    private static final String OPEN = "${";

    private final String source;
    private final List<Object> parts;

    private TextTemplate(String source, List<Object> parts) {
        this.source = source;
        this.parts = parts;
    }

    static Template of(String source, ExpressionCompiler compiler) {
        List<Object> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < source.length()) {
            if (source.startsWith("$" + OPEN, at)) {
                literal.append(OPEN);
                at += OPEN.length() + 1;
            } else if (source.startsWith(OPEN, at)) {
                int end = ExpressionEnd.in(source, at + OPEN.length());
                flush(literal, parts);
                parts.add(compiler.compile(
                        source.substring(at + OPEN.length(), end).strip()));
                at = end + 1;
            } else {
                literal.append(source.charAt(at++));
            }
        }
        flush(literal, parts);
        boolean plain = parts.stream().noneMatch(Expression.class::isInstance);
        return plain
                ? new Template.Literal(TextNode.valueOf(parts.isEmpty() ? "" : (String) parts.get(0)))
                : new Template.Text(new TextTemplate(source, parts));
    }

    JsonNode fill(Scope scope) throws CannotEvaluate {
        if (parts.size() == 1) {
            return json((Expression) parts.get(0), scope);
        }
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(part instanceof Expression expression ? scalar(expression, scope) : part);
        }
        return TextNode.valueOf(text.toString());
    }

    private JsonNode json(Expression expression, Scope scope) throws CannotEvaluate {
        Object value = expression.value(scope);
        return CelValues.toJson(value)
                .orElseThrow(() -> new CannotEvaluate(source, null, "it yields " + value + ", which JSON cannot hold"));
    }

    private String scalar(Expression expression, Scope scope) throws CannotEvaluate {
        JsonNode value = json(expression, scope);
        if (!value.isValueNode() || value.isNull()) {
            throw new CannotEvaluate(
                    source,
                    null,
                    "inside a text '" + expression.text() + "' must be a text, number or boolean, but is " + value);
        }
        return value.asText();
    }

    private static void flush(StringBuilder literal, List<Object> parts) {
        if (!literal.isEmpty()) {
            parts.add(literal.toString());
            literal.setLength(0);
        }
    }
}
