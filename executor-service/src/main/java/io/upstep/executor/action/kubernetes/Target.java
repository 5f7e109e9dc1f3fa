package io.upstep.executor.action.kubernetes;

/**
 * Which objects an action is about: one by name, or all that a label selector matches.
 *
 * @param apiVersion null for the kind's usual one
 */
record Target(String kind, String apiVersion, String name, String selector) {
    Target {
        if (kind == null || kind.isBlank()) {
            throw new IllegalArgumentException("expected 'kind', which is missing");
        }
        boolean named = name != null && !name.isBlank();
        boolean selected = selector != null && !selector.isBlank();
        if (named == selected) {
            throw new IllegalArgumentException(
                    "expected either 'name' or 'selector', came " + (named ? "both" : "neither"));
        }
    }

    boolean isNamed() {
        return name != null && !name.isBlank();
    }

    @Override
    public String toString() {
        return kind + (isNamed() ? " " + name : "s with " + selector);
    }
}
