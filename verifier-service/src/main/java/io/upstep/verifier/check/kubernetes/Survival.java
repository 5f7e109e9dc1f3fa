package io.upstep.verifier.check.kubernetes;

/**
 * What becomes of a volume's data when the release is uninstalled.
 *
 * @param word null if nobody can tell
 */
record Survival(String word, String why) {

    static Survival unknown(String why) {
        return new Survival(null, why);
    }

    boolean isKnown() {
        return word != null;
    }

    @Override
    public String toString() {
        return why + ": " + (isKnown() ? word : "unknown");
    }
}
