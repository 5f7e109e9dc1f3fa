package io.upstep.executor.action;

import io.upstep.event.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Does nothing, for a while if told so: for rehearsals and measurements. */
@ApplicationScoped
public class Noop implements Action<Noop.With> {

    /**
     * @param message what to say
     * @param duration how long to take
     */
    public record With(String message, Duration duration) {
        public With {
            message = message == null ? "nothing to do" : message;
            duration = duration == null ? Duration.ZERO : duration;
        }
    }

    @Override
    public String name() {
        return "noop";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        if (!with.duration().isZero()) {
            context.progress(null, with.message());
            context.pause(with.duration());
        }
        return Outcome.Succeeded.of(with.message());
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would change nothing: " + with.message());
    }
}
