package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code kubernetes.wait}: waits until objects report a condition, or are gone. */
@ApplicationScoped
public class WaitAction extends ObjectAction<WaitAction.With> {
    private static final String DELETED = "deleted";

    /**
     * @param condition a condition type such as Available, Ready or Complete, or {@code deleted}
     * @param timeout how long; if not said, as long as the attempt may take
     */
    public record With(
            String kind, String apiVersion, String name, String selector, String condition, Duration timeout) {
        public With {
            new Target(kind, apiVersion, name, selector);
            if (condition == null || condition.isBlank()) {
                throw new IllegalArgumentException(
                        "expected 'condition', such as Available or deleted, which is missing");
            }
        }

        Target target() {
            return new Target(kind, apiVersion, name, selector);
        }
    }

    public WaitAction() {
        super("kubernetes.wait", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        Optional<String> missing = missing(with, objects);
        if (objects.isPreview()) {
            return Outcome.Succeeded.of(missing.map(m -> "would wait: " + m).orElse("would not have to wait"));
        }
        Waiting.until(context, with.timeout(), () -> missing(with, objects), WaitAction::tooLate);
        return Outcome.Succeeded.of(
                with.target() + (with.condition().equals(DELETED) ? " is gone" : " is " + with.condition()));
    }

    private static ActionException tooLate(String missing) {
        return ActionException.passing("condition-not-met", missing);
    }

    private static Optional<String> missing(With with, FencedObjects objects) {
        List<ObjectNode> found = objects.look(with.target());
        if (with.condition().equals(DELETED)) {
            return found.stream().findFirst().map(object -> "expected to be gone: " + Manifest.title(object));
        }
        if (found.isEmpty()) {
            return Optional.of("expected " + with.target() + ", and there is none");
        }
        return found.stream()
                .map(object -> unmet(object, with.condition()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> unmet(JsonNode object, String type) {
        String wanted = "expected " + Manifest.title(object) + " to be " + type;
        if (!Manifest.isObserved(object)) {
            return Optional.of(wanted + ", but its controller has not seen its last change yet");
        }
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equalsIgnoreCase(type)) {
                return condition.path("status").asText().equals("True")
                        ? Optional.empty()
                        : Optional.of(wanted + ", but it is not: "
                                + condition.path("reason").asText() + " "
                                + condition.path("message").asText());
            }
        }
        return Optional.of(wanted + ", but it reports no such condition");
    }
}
