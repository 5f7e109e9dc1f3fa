package io.upstep.simulator.rules;

/** What a deletion does with the objects the deleted one owns. */
public enum Propagation {
    BACKGROUND,
    FOREGROUND,
    ORPHAN;

    /** From a request's propagationPolicy; empty means the kind's own default. */
    public static Propagation of(String policy, String kind) {
        return switch (policy) {
            case "Background" -> BACKGROUND;
            case "Foreground" -> FOREGROUND;
            case "Orphan" -> ORPHAN;
            // Jobs keep their pods unless told otherwise; the API server does so for compatibility.
            case "" -> kind.equals("Job") ? ORPHAN : BACKGROUND;
            default ->
                throw Refusal.badRequest(
                        "expected propagationPolicy Background, Foreground or Orphan, came '" + policy + "'");
        };
    }
}
