package io.upstep.configuration.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** A scalar, spelt as it was found. */
public final class Leaf extends Tree {
    private final String text;
    private final ScalarStyle style;
    private final Remarks remarks;

    Leaf(String text, ScalarStyle style, Remarks remarks) {
        this.text = text;
        this.style = style;
        this.remarks = remarks;
    }

    /** A new scalar, spelt so that every YAML reader takes it for what it is. */
    public static Leaf of(JsonNode value) {
        String text = value.isNull() ? "null" : value.asText();
        boolean quoted = value.isTextual() && !Scalars.isPlainlyText(text);
        return new Leaf(text, quoted ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN, Remarks.NONE);
    }

    /** Another value in its place, made from it. */
    public Leaf become(JsonNode value) {
        Leaf fresh = of(value);
        Leaf leaf = new Leaf(fresh.text, fresh.style, remarks);
        leaf.origins().addAll(origins());
        leaf.history().addAll(history());
        leaf.line(line());
        if (isSecret()) {
            leaf.hide();
        }
        return leaf;
    }

    public String text() {
        return text;
    }

    ScalarStyle style() {
        return style;
    }

    Remarks remarks() {
        return remarks;
    }

    @Override
    public JsonNode json() {
        return Scalars.json(text, style == ScalarStyle.PLAIN);
    }

    @Override
    public boolean isNothing() {
        return json().isNull();
    }

    @Override
    public List<Tree> leaves() {
        return List.of(this);
    }

    @Override
    public Leaf copy() {
        Leaf copy = new Leaf(text, style, Remarks.NONE);
        if (isSecret()) {
            copy.hide();
        }
        return copy;
    }
}
