package io.upstep.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A named observation of an installation: a value with its source, or the reason why it is not known.
 *
 * @param value null when unknown
 * @param source where it was read, for example {@code Deployment polyaxon-polyaxon-api, label app.kubernetes.io/version}
 * @param unknown why it is not known; null when it is
 */
public record Fact(JsonNode value, String source, String unknown) {
    public Fact {
        value = value == null || value.isNull() || value.isMissingNode() ? null : value;
        if ((value == null) == (unknown == null)) {
            throw new IllegalArgumentException("a fact has either a 'value' or the reason it is 'unknown'");
        }
    }

    public static Fact known(JsonNode value, String source) {
        return new Fact(value, source, null);
    }

    public static Fact unknown(String reason) {
        return new Fact(null, null, reason);
    }

    @JsonIgnore
    public boolean isKnown() {
        return value != null;
    }
}
