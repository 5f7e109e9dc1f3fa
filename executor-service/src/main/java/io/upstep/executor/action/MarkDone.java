package io.upstep.executor.action;

import io.upstep.event.Outcome;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code mark-done}: does nothing, because somebody has done the step by hand; the verifier looks whether that is so. */
@ApplicationScoped
public class MarkDone implements Action<MarkDone.With> {

    /**
     * @param by who says that it is done
     * @param reason why it was done by hand
     */
    public record With(String by, String reason) {
        public With {
            require("by", by);
            require("reason", reason);
        }

        private static void require(String key, String value) {
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("expected '" + key + "', which is missing");
            }
        }
    }

    @Override
    public String name() {
        return "mark-done";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        return Outcome.Succeeded.of("marked done by " + with.by() + ": " + with.reason());
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would change nothing: " + with.by() + " says that it is done: " + with.reason());
    }
}
