package io.upstep.configuration.document;

import org.snakeyaml.engine.v2.common.ScalarStyle;

/** A key of a map, spelt as it was found. */
record Key(String text, ScalarStyle style, Remarks remarks) {

    static Key of(String text) {
        return NONE.named(text);
    }

    private static final Key NONE = new Key("", ScalarStyle.PLAIN, Remarks.NONE);

    Key named(String other) {
        ScalarStyle fitting = Scalars.isPlainlyText(other) ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
        return new Key(other, fitting, remarks);
    }
}
