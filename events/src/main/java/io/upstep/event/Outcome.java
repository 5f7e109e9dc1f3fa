package io.upstep.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What an executor says of its own work. Not yet believed: the verifier looks for itself. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Outcome.Cancelled.class, name = "cancelled")
})
public sealed interface Outcome {

    /** One sentence for people. */
    String summary();

    /** @param details what was done, for the journal; for a preview, the difference it would make */
    record Succeeded(String summary, ObjectNode details) implements Outcome {
        public Succeeded {
            Require.text(summary, "outcome.summary");
            details = details == null ? JsonNodeFactory.instance.objectNode() : details;
        }

        public static Succeeded of(String summary) {
            return new Succeeded(summary, null);
        }
    }

    /**
     * @param code stable, for example {@code selector-matches-nothing}
     * @param retryable whether the same attempt made again may well succeed (a conflict, a server that does not answer)
     */
    record Failed(String code, String summary, boolean retryable, ObjectNode details) implements Outcome {
        public Failed {
            Require.text(code, "outcome.code");
            Require.text(summary, "outcome.summary");
            details = details == null ? JsonNodeFactory.instance.objectNode() : details;
        }

        public static Failed of(String code, String summary) {
            return new Failed(code, summary, false, null);
        }

        public static Failed retryable(String code, String summary) {
            return new Failed(code, summary, true, null);
        }
    }

    record Cancelled(String summary) implements Outcome {
        public Cancelled {
            Require.text(summary, "outcome.summary");
        }
    }
}
