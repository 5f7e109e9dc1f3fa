package io.upstep.simulator.rules;

/** One thing that is wrong with an object: which field, and what about it. */
public record Problem(String field, String what) {
    String reason() {
        if (what.startsWith("Required value")) {
            return "FieldValueRequired";
        }
        return what.startsWith("Forbidden") ? "FieldValueForbidden" : "FieldValueInvalid";
    }

    @Override
    public String toString() {
        return field + ": " + what;
    }
}
