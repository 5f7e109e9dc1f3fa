package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where values of a chart come from: a Secret, the step itself, or the release as it is.
 *
 * @param secret a Secret's name, or how it begins: then the plan's id is added
 * @param key the key in it
 * @param inline values without secrets
 * @param reuse the values the release has
 * @param release the same, as configuration migrations call it
 * @param set laid over them
 */
public record ValuesRef(String secret, String key, ObjectNode inline, Boolean reuse, Boolean release, ObjectNode set) {
    public ValuesRef {
        secret = secret == null || secret.isBlank() ? null : secret;
        boolean live = Boolean.TRUE.equals(reuse) || Boolean.TRUE.equals(release);
        int ways = (secret == null ? 0 : 1) + (inline == null ? 0 : 1) + (live ? 1 : 0);
        if (ways != 1) {
            throw new IllegalArgumentException(
                    "expected 'values' to have one of 'secret', 'inline' and 'reuse: true', came " + ways + " of them");
        }
        key = key == null ? "values.yaml" : key;
    }
}
