package io.upstep.verifier.check;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether a value found is the one expected: 1 and 1.0 are the same number, and the text "1" says it, too. */
public final class SameJson {
    private SameJson() {}

    public static boolean same(JsonNode found, JsonNode expected) {
        if (found.isNumber() && expected.isNumber()) {
            return found.decimalValue().compareTo(expected.decimalValue()) == 0;
        }
        // Templates and databases both have their own idea of what is a text.
        return found.isValueNode() && expected.isValueNode() && found.isNull() == expected.isNull()
                ? found.asText().equals(expected.asText())
                : found.equals(expected);
    }
}
